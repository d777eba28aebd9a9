package io.incidentbridge.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.incidentbridge.testing.BridgeProcess;
import io.incidentbridge.testing.Vendors;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Everything the bridge is for, once, with ids of its own each time. What may be asked again is, for a while. */
final class Journeys {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String DATA_ACTION = "sandbox-data-action";
    private static final String OPERATOR = "sandbox-operator";
    private static final String EMERGENCY = "sandbox-emergency";

    private final Vendors vendors;
    private final BridgeProcess bridge;

    /** @param bridge gets the vendors' webhooks */
    Journeys(Vendors vendors, BridgeProcess bridge) {
        this.vendors = vendors;
        this.bridge = bridge;
        vendors.sendWebhooksTo(bridge.url());
    }

    void pass() {
        JsonObject user = knownUser();
        lookUp(user);
        leaveATicket(user);
        noteDuringAnOutage(user);
        switchToEmergencyAndBack();
        raiseAWaitingCall(user);
    }

    private JsonObject knownUser() {
        return vendors.records("sys_user", "active=true^employee_numberISNOTEMPTY^ORDERBYuser_name")
                .getJsonObject(0);
    }

    private void lookUp(JsonObject user) {
        await().atMost(PATIENCE).until(() -> lookup(user, UUID.randomUUID().toString())
                .getString("status")
                .equals("FOUND"));
    }

    private JsonObject lookup(JsonObject user, String conversation) {
        return ask(
                "POST",
                "/v1/callers/lookup",
                new JsonObject()
                        .put("employeeId", user.getString("employee_number"))
                        .put("conversationId", conversation),
                DATA_ACTION);
    }

    /** The ticket names the conversation, and the conversation the ticket. */
    private void leaveATicket(JsonObject user) {
        String conversation = waitingCall();
        accept("POST", "/v1/wrapups", wrapUp(conversation, "printer", user), DATA_ACTION, 200);

        await().atMost(PATIENCE).until(() -> tickets(conversation).size() == 1);
        String number = tickets(conversation).getJsonObject(0).getString("number");
        await().atMost(PATIENCE).until(() -> number.equals(linkedBack(conversation)));
        await().atMost(PATIENCE)
                .until(() -> number.equals(ask("GET", "/v1/wrapups/" + conversation, null, DATA_ACTION)
                        .getString("incidentNumber")));
    }

    private void noteDuringAnOutage(JsonObject user) {
        String topic = "mail-" + UUID.randomUUID();
        String path = "/v1/ops/outages/" + topic;
        accept("POST", path + "/trip", new JsonObject().put("reason", "drill"), OPERATOR, 200);
        await().atMost(PATIENCE).until(() -> ask("GET", "/v1/outages/current?topic=" + topic, null, DATA_ACTION)
                .getString("mode", "")
                .equals("CATASTROPHE"));
        String conversation = waitingCall();

        await().atMost(PATIENCE).until(() -> ask("POST", "/v1/wrapups", wrapUp(conversation, topic, user), DATA_ACTION)
                .getString("status")
                .equals("NOTED"));

        await().atMost(PATIENCE)
                .until(() -> vendors.records("incident", "short_descriptionSTARTSWITHOutage: " + topic)
                                .size()
                        == 1);
        accept("POST", path + "/reset", new JsonObject().put("reason", "over"), OPERATOR, 200);
    }

    private void switchToEmergencyAndBack() {
        String id = "INC-" + UUID.randomUUID();
        accept("POST", "/v1/emergencies", emergency(id, "EMERGENCY_ACTIVE"), EMERGENCY, 202);
        awaitRouting("ACTIVE");
        await().atMost(PATIENCE).until(() -> ask("GET", "/v1/emergencies/" + id, null, DATA_ACTION)
                .getString("status")
                .equals("ACTIVE"));

        accept("POST", "/v1/emergencies", emergency(id, "EMERGENCY_RESOLVED"), EMERGENCY, 202);

        awaitRouting("INACTIVE");
    }

    /** ServiceNow's webhook moves the call up in its queue. */
    private void raiseAWaitingCall(JsonObject user) {
        String conversation = waitingCall();
        await().atMost(PATIENCE)
                .until(() -> lookup(user, conversation).getString("status").equals("FOUND"));
        String incident = vendors.create(
                        "incident",
                        new JsonObject()
                                .put("caller_id", user.getString("sys_id"))
                                .put("short_description", "Mail")
                                .put("impact", "3")
                                .put("urgency", "3"))
                .getString("sys_id");

        vendors.send(
                "PATCH",
                "/sandbox/servicenow/api/now/table/incident/" + incident,
                "{\"impact\":\"1\",\"urgency\":\"1\"}");

        await().atMost(PATIENCE).until(() -> priority(conversation) > 0);
    }

    private String waitingCall() {
        String id = UUID.randomUUID().toString();
        JsonObject call = new JsonObject().put("conversationId", id).put("ani", "+14155550199");
        vendors.send("POST", "/sandbox/genesys/control/conversations", call.encode());
        return id;
    }

    private static JsonObject wrapUp(String conversation, String topic, JsonObject user) {
        return new JsonObject()
                .put("conversationId", conversation)
                .put("wrapUpCode", topic)
                .put("sysId", user.getString("sys_id"));
    }

    private static JsonObject emergency(String id, String mode) {
        return new JsonObject()
                .put("correlationId", id)
                .put("incidentType", "MAJOR_INCIDENT")
                .put("targetQueueIds", new JsonArray().add("queue-12345"))
                .put("routingMode", mode)
                .put("timestamp", Instant.now().toString())
                .put("ttl", 3600);
    }

    private JsonArray tickets(String conversation) {
        return vendors.records("incident", "correlation_id=" + conversation);
    }

    private void awaitRouting(String state) {
        await().atMost(PATIENCE).until(() -> vendors.genesys("telephony/emergencyrouting")
                .getString("state")
                .equals(state));
    }

    private String linkedBack(String conversation) {
        return participant(conversation, "customer")
                .getJsonObject("attributes", new JsonObject())
                .getString("ServiceNow.IncidentNumber");
    }

    private int priority(String conversation) {
        return participant(conversation, "acd")
                .getJsonObject("conversationRoutingData")
                .getInteger("priority");
    }

    private JsonObject participant(String conversation, String purpose) {
        return vendors.genesys("conversations/" + conversation).getJsonArray("participants").stream()
                .map(JsonObject.class::cast)
                .filter(participant -> participant.getString("purpose").equals(purpose))
                .findFirst()
                .orElseThrow();
    }

    /** Repeats are upserts; a failover may refuse one. */
    private void accept(String method, String path, JsonObject body, String key, int status) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        bridge.send(method, path, body.encode(), key).join().statusCode())
                .isEqualTo(status));
    }

    /** A problem's status is a number; read as words it equals no state. */
    private JsonObject ask(String method, String path, JsonObject body, String key) {
        String answer = bridge.send(method, path, body == null ? null : body.encode(), key)
                .join()
                .body();
        return new JsonObject(answer);
    }
}
