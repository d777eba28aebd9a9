package io.incidentbridge.emergency;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import io.incidentbridge.redis.RedisProcess;
import io.incidentbridge.testing.Vendors;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** What sources, flows and operators send, and what the simulated Genesys was made of it. */
final class EmergencyRequests {

    static final Duration PATIENCE = Duration.ofSeconds(30);
    static final List<String> QUEUES = List.of("queue-12345", "queue-67890");

    private EmergencyRequests() {}

    /** No incident, a quiet Genesys, healthy vendors. */
    static void startAfresh(Vendors vendors, RedisProcess redis) {
        vendors.heal();
        operator("DELETE", "emergency-groups/default/override", null);
        for (String group : List.of("default", "payments")) {
            operator("GET", "emergencies?limit=20&group=" + group, null)
                    .extract()
                    .<String>path("findAll { it.claim == 'OPEN' }.correlationId.join(' ')")
                    .lines()
                    .flatMap(ids -> Arrays.stream(ids.split(" ")))
                    .forEach(id -> operator(
                            "POST", "emergencies/" + id + "/resolve", new JsonObject().put("reason", "next test")));
        }
        awaitQuiet(vendors);
        vendors.reset();
        makeDue(redis);
        awaitQuiet(vendors);
    }

    private static void awaitQuiet(Vendors vendors) {
        await().atMost(PATIENCE)
                .until(() -> genesysState(vendors).equals("INACTIVE")
                        && operator("GET", "emergency-groups/default", null)
                                .extract()
                                .<String>path("state")
                                .equals("INACTIVE"));
    }

    static String newId() {
        return "INC-" + UUID.randomUUID();
    }

    static JsonObject activation(String id) {
        return new JsonObject()
                .put("correlationId", id)
                .put("incidentType", "MAJOR_INCIDENT")
                .put("targetQueueIds", new JsonArray(QUEUES))
                .put("routingMode", "EMERGENCY_ACTIVE")
                .put("timestamp", Instant.now().toString())
                .put("ttl", 3600);
    }

    static JsonObject resolution(String id) {
        return new JsonObject()
                .put("correlationId", id)
                .put("incidentType", "MAJOR_INCIDENT")
                .put("routingMode", "EMERGENCY_RESOLVED")
                .put("timestamp", Instant.now().toString());
    }

    static ValidatableResponse tell(JsonObject body) {
        return given().header("X-API-Key", "sandbox-emergency")
                .contentType("application/json")
                .body(body.encode())
                .post("/v1/emergencies")
                .then();
    }

    static ValidatableResponse status(String id) {
        return given().header("X-API-Key", "sandbox-data-action")
                .get("/v1/emergencies/" + id)
                .then();
    }

    static ValidatableResponse routing() {
        return given().header("X-API-Key", "sandbox-data-action")
                .get("/v1/emergency-routing")
                .then();
    }

    static ValidatableResponse operator(String method, String path, JsonObject body) {
        var request = given().header("X-API-Key", "sandbox-operator").contentType("application/json");
        return (body == null ? request : request.body(body.encode()))
                .request(method, "/v1/ops/" + path)
                .then();
    }

    static void awaitStatus(String id, String status) {
        await().atMost(PATIENCE).until(() -> status(id).extract().<String>path("status"), status::equals);
    }

    /** As Genesys itself says. */
    static JsonObject genesys(Vendors vendors) {
        return vendors.genesys("telephony/emergencyrouting");
    }

    static String genesysState(Vendors vendors) {
        return genesys(vendors).getString("state");
    }

    static void awaitGenesys(Vendors vendors, String state) {
        await().atMost(PATIENCE).until(() -> genesysState(vendors), state::equals);
    }

    /** Changes and refusals of changes that Genesys has seen, oldest first. */
    static List<JsonObject> changes(Vendors vendors) {
        return new JsonObject(
                        vendors.send("GET", "/sandbox/genesys/control/changes?target=telephony/emergencyrouting", null))
                .getJsonArray("changes").stream().map(JsonObject.class::cast).toList();
    }

    static void setByHand(Vendors vendors, String state) {
        vendors.send(
                "PUT",
                "/sandbox/genesys/control/emergencyrouting",
                new JsonObject()
                        .put("state", state)
                        .put("queueIds", new JsonArray().add("queue-by-hand"))
                        .encode());
    }

    /** Actions about an incident that the audit trail has, of its last entries, newest first. */
    static List<String> audited(RedisProcess redis, String id) {
        String[] lines = redis.call("XREVRANGE", "ib:{audit}:stream", "+", "-", "COUNT", "15")
                .split("\r\n");
        List<String> actions = new ArrayList<>();
        String action = "";
        for (int i = 0; i + 2 < lines.length; i++) {
            if (lines[i].equals("action")) {
                action = lines[i + 2];
            } else if (lines[i].equals("after") && lines[i + 2].contains(id)) {
                actions.add(action);
            }
        }
        return actions;
    }

    /** Has Genesys read again now, as each tick does. */
    static void makeDue(RedisProcess redis) {
        redis.call("HSET", "ib:{emr}:default:state", "due", "0");
    }
}
