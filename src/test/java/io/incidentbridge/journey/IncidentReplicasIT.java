package io.incidentbridge.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.incidentbridge.testing.BridgeProcess;
import io.incidentbridge.testing.SandboxResource;
import io.incidentbridge.testing.Vendors;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Incidents' events on two replicas of the packaged application that share nothing but Redis. */
@Tag("processes")
class IncidentReplicasIT {

    private static final Duration LONG = Duration.ofMinutes(3);
    private static final String INCIDENTS = "/sandbox/servicenow/api/now/table/incident/";
    private static final String PAGERDUTY = "/sandbox/pagerduty/control/";
    private static final int GENESYS_LIMIT = 300;
    private static final int CALLERS = 20;
    private static final int CHANGES = 50;

    private static final SandboxResource SANDBOX = new SandboxResource();
    private static final Map<String, String> ADDRESSES = new HashMap<>();
    private static Vendors vendors;
    private static BridgeProcess first;
    private static BridgeProcess second;

    @BeforeAll
    static void startReplicas() {
        ADDRESSES.putAll(SANDBOX.start());
        Map<String, String> properties = new HashMap<>(ADDRESSES);
        properties.put("bridge.budget.upstreams.genesys.windows[0].limit", Integer.toString(GENESYS_LIMIT));
        properties.put("bridge.budget.replicas", "2");
        properties.put("bridge.webhook.claim", "8s");
        properties.put("bridge.webhook.apply-within", "7s");
        properties.put("bridge.emergency.ask-sources", "2s");
        properties.put("bridge.emergency.ask-sources-first", "1s");
        properties.put("bridge.emergency.source-divergence", "500ms");
        vendors = SANDBOX.vendors();
        first = BridgeProcess.start(properties);
        second = BridgeProcess.start(properties);
    }

    @AfterAll
    static void stopReplicas() {
        second.close();
        first.close();
        SANDBOX.stop();
    }

    @BeforeEach
    void healthyVendors() {
        vendors.reset();
        vendors.sendWebhooksTo(first.url());
    }

    @Test
    void shouldStayInGenesysBudgetInABurstAndEndAsTheRecordsSay() {
        List<Caller> callers = callersThatWait();

        for (int change = 0; change < CHANGES; change++) {
            vendors.sendWebhooksTo((change % 2 == 0 ? first : second).url());
            for (Caller caller : callers) {
                caller.change((change + caller.number()) % 2 == 0);
            }
        }

        for (Caller caller : callers) {
            int expected = (CHANGES - 1 + caller.number()) % 2 == 0 ? 1000 : 0;
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(caller.priority()).isEqualTo(expected));
        }
        JsonObject genesys = new JsonObject(vendors.send("GET", "/sandbox/traffic", null)).getJsonObject("genesys");
        assertThat(genesys.getInteger("maxPer60s")).isLessThanOrEqualTo(GENESYS_LIMIT);
        assertThat(genesys.getJsonObject("byStatus").containsKey("429")).isFalse();
    }

    @Test
    void shouldEndAnEmergencyWhoseResolutionNobodySent() {
        String id =
                new JsonObject(vendors.send("POST", PAGERDUTY + "incidents", "{\"priority\":\"P1\"}")).getString("id");
        await().atMost(LONG).until(() -> routing().equals("ACTIVE"));
        vendors.send("PUT", PAGERDUTY + "webhooks", "{\"enabled\":false}");

        vendors.send("PUT", PAGERDUTY + "incidents/" + id, "{\"status\":\"resolved\"}");

        await().atMost(LONG).until(() -> routing().equals("INACTIVE"));
    }

    @Test
    void shouldApplyWhatAReplicaHadAcceptedThatWasKilled() throws Exception {
        Map<String, String> properties = new HashMap<>(ADDRESSES);
        properties.put("bridge.webhook.claim", "8s");
        properties.put("bridge.webhook.apply-within", "7s");
        BridgeProcess victim = BridgeProcess.start(properties);
        vendors.sendWebhooksTo(victim.url());
        List<Caller> callers = callersThatWait();
        vendors.fail("servicenow", "{\"latencyMs\":1500}");
        int before = webhooks("servicenow").getInteger("accepted");
        callers.forEach(caller -> caller.change(true));
        await().atMost(LONG).until(() -> webhooks("servicenow").getInteger("accepted") >= before + CALLERS);

        victim.kill();
        vendors.heal();

        for (Caller caller : callers) {
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(caller.priority()).isEqualTo(1000));
        }
    }

    private static List<Caller> callersThatWait() {
        JsonArray users = vendors.records("sys_user", "active=true^employee_numberISNOTEMPTY^ORDERBYuser_name");
        List<Caller> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            callers.add(Caller.waiting(i, users.getJsonObject(nextUser++)));
        }
        return callers;
    }

    /** What Redis remembers of a user outlives a test. */
    private static int nextUser = 10;

    private static JsonObject webhooks(String vendor) {
        return new JsonObject(vendors.send("GET", "/sandbox/" + vendor + "/control/webhooks", null));
    }

    private static String routing() {
        return vendors.genesys("telephony/emergencyrouting").getString("state");
    }

    private record Caller(int number, String call, String incident) {

        private static Caller waiting(int number, JsonObject user) {
            String call = UUID.randomUUID().toString();
            vendors.send(
                    "POST",
                    "/sandbox/genesys/control/conversations",
                    new JsonObject()
                            .put("conversationId", call)
                            .put("ani", "+14155550199")
                            .encode());
            JsonObject lookup = new JsonObject()
                    .put("employeeId", user.getString("employee_number"))
                    .put("conversationId", call);
            await().atMost(LONG).until(() -> first.post("/v1/callers/lookup", lookup.encode())
                    .join()
                    .body()
                    .contains("\"status\":\"FOUND\""));
            String incident = vendors.create(
                            "incident",
                            new JsonObject()
                                    .put("caller_id", user.getString("sys_id"))
                                    .put("short_description", "Mail")
                                    .put("impact", "3")
                                    .put("urgency", "3"))
                    .getString("sys_id");
            return new Caller(number, call, incident);
        }

        private void change(boolean critical) {
            String value = critical ? "1" : "3";
            vendors.send("PATCH", INCIDENTS + incident, "{\"impact\":\"" + value + "\",\"urgency\":\"" + value + "\"}");
        }

        private int priority() {
            return vendors.genesys("conversations/" + call).getJsonArray("participants").stream()
                    .map(JsonObject.class::cast)
                    .filter(participant -> participant.getString("purpose").equals("acd"))
                    .findFirst()
                    .orElseThrow()
                    .getJsonObject("conversationRoutingData")
                    .getInteger("priority");
        }
    }
}
