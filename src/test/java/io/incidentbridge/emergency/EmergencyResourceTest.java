package io.incidentbridge.emergency;

import static io.incidentbridge.emergency.EmergencyRequests.QUEUES;
import static io.incidentbridge.emergency.EmergencyRequests.activation;
import static io.incidentbridge.emergency.EmergencyRequests.awaitGenesys;
import static io.incidentbridge.emergency.EmergencyRequests.awaitStatus;
import static io.incidentbridge.emergency.EmergencyRequests.genesys;
import static io.incidentbridge.emergency.EmergencyRequests.newId;
import static io.incidentbridge.emergency.EmergencyRequests.operator;
import static io.incidentbridge.emergency.EmergencyRequests.resolution;
import static io.incidentbridge.emergency.EmergencyRequests.routing;
import static io.incidentbridge.emergency.EmergencyRequests.startAfresh;
import static io.incidentbridge.emergency.EmergencyRequests.status;
import static io.incidentbridge.emergency.EmergencyRequests.tell;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import io.incidentbridge.redis.RedisProcess;
import io.incidentbridge.testing.SandboxResource;
import io.incidentbridge.testing.Vendors;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contract, from an incident's event to Genesys and back. */
@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class EmergencyResourceTest {

    Vendors vendors;
    RedisProcess redis;

    @BeforeEach
    @AfterEach
    void afresh() {
        startAfresh(vendors, redis);
    }

    @Test
    void shouldSwitchGenesysOnAndOff() {
        String id = newId();
        tell(activation(id))
                .statusCode(202)
                .header("Location", endsWith("/v1/emergencies/" + id))
                .body("status", is("PROCESSING"))
                .body("correlationId", is(id))
                .body("statusUrl", is("/v1/emergencies/" + id));

        awaitStatus(id, "ACTIVE");
        JsonObject active = genesys(vendors);
        assertThat(active.getString("state")).isEqualTo("ACTIVE");
        assertThat(active.getString("reason")).startsWith(id + ": ");
        assertThat(active.getJsonObject("routingConfiguration").getJsonArray("queueIds"))
                .isEqualTo(new JsonArray(QUEUES));
        assertThat(active.getJsonObject("routingConfiguration").getInteger("priority"))
                .isEqualTo(1);
        status(id).statusCode(200).body("reason", startsWith(id)).body("claim", is("OPEN"));
        await().untilAsserted(() -> routing()
                .body("state", is("ACTIVE"))
                .body("queueId", is("queue-12345"))
                .body("queueIds", contains(QUEUES.toArray()))
                .body("priority", is(1))
                .body("reasonId", is(id))
                .body("stale", is(false)));

        tell(resolution(id)).statusCode(202);
        awaitStatus(id, "INACTIVE");
        assertThat(genesys(vendors).getString("state")).isEqualTo("INACTIVE");
        await().untilAsserted(() -> routing()
                .body("state", is("INACTIVE"))
                .body("queueId", is(""))
                .body("queueIds", empty())
                .body("reasonId", is("")));
    }

    @Test
    void shouldAnswerTheCurrentStateToARepeat() {
        JsonObject activation = activation(newId());
        tell(activation).statusCode(202);
        awaitStatus(activation.getString("correlationId"), "ACTIVE");

        tell(activation).statusCode(202).body("status", is("ACTIVE"));
        assertThat(EmergencyRequests.changes(vendors)).hasSize(1);
    }

    @Test
    void shouldNotActivateWhatWasResolvedBefore() {
        String id = newId();
        JsonObject late = activation(id);
        tell(resolution(id)).statusCode(202).body("status", is("INACTIVE"));
        tell(late).statusCode(202).body("status", is("INACTIVE")).body("claim", is("RESOLVED"));

        assertThat(EmergencyRequests.changes(vendors)).isEmpty();
    }

    @Test
    void shouldHoldTheEmergencyUntilTheLastIncidentEnds() {
        String first = newId();
        String second = newId();
        tell(activation(first)).statusCode(202);
        tell(activation(second).put("targetQueueIds", new JsonArray().add("queue-9")))
                .statusCode(202);
        awaitStatus(second, "ACTIVE");

        tell(resolution(first)).statusCode(202);
        awaitStatus(first, "INACTIVE");
        await().untilAsserted(() -> assertThat(
                        genesys(vendors).getJsonObject("routingConfiguration").getJsonArray("queueIds"))
                .isEqualTo(new JsonArray().add("queue-9")));

        tell(resolution(second)).statusCode(202);
        awaitGenesys(vendors, "INACTIVE");
    }

    @Test
    void shouldEndByItselfWhenNobodyResolves() {
        String id = newId();
        tell(activation(id).put("ttl", 2)).statusCode(202);

        awaitGenesys(vendors, "ACTIVE");
        awaitGenesys(vendors, "INACTIVE");
        awaitStatus(id, "INACTIVE");
        status(id).body("claim", is("EXPIRED"));
    }

    @Test
    void shouldAcceptOldTimesWithAnyOffset() {
        tell(activation(newId()).put("timestamp", "2024-01-31T09:00:00+01:00")).statusCode(202);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "correlationId | \"with blank\"             | pattern",
                "correlationId | null                       | not-null",
                "incidentType  | \" \"                      | not-blank",
                "routingMode   | \"EMERGENCY_MAYBE\"        | type",
                "routingMode   | null                       | not-null",
                "timestamp     | \"2030-01-31T09:00:00\"    | time",
                "timestamp     | \"2999-01-31T09:00:00Z\"   | future",
                "timestamp     | null                       | not-null",
                "targetQueueIds| []                         | not-empty",
                "targetQueueIds| null                       | not-empty",
                "targetQueueIds| [\"a b\"]                  | pattern",
                "targetQueueIds| \"queue\"                  | type",
                "ttl           | 0                          | range",
                "ttl           | 90000                      | range",
                "ttl           | null                       | not-null",
                "ttl           | 1.5                        | type",
                "group         | \"unknown\"                | known",
                "extra         | 1                          | unknown",
            })
    void shouldNameTheFieldAndTheRule(String field, String value, String rule) {
        JsonObject body = activation(newId());
        String json = body.copy().put(field, "@").encode().replace("\"@\"", value);

        given().header("X-API-Key", "sandbox-emergency")
                .contentType("application/json")
                .body(json)
                .post("/v1/emergencies")
                .then()
                .statusCode(400)
                .body("errors[0].field", startsWith(field))
                .body("errors[0].rule", is(rule));
    }

    @Test
    void shouldTakeNoQueuesAndNoTtlForAResolution() {
        tell(resolution(newId())
                        .put("ttl", 0)
                        .put("targetQueueIds", new JsonArray())
                        .put("group", ""))
                .statusCode(202);
    }

    @Test
    void shouldOpenTheContractOnlyToThoseWithTheRight() {
        JsonObject body = activation(newId());
        given().contentType("application/json")
                .body(body.encode())
                .post("/v1/emergencies")
                .then()
                .statusCode(401);
        given().header("X-API-Key", "sandbox-data-action")
                .contentType("application/json")
                .body(body.encode())
                .post("/v1/emergencies")
                .then()
                .statusCode(403);
        given().header("X-API-Key", "sandbox-emergency")
                .get("/v1/ops/emergency-groups")
                .then()
                .statusCode(403);
    }

    @Test
    void shouldKnowNothingOfAnUnknownIncident() {
        status(newId()).statusCode(404).body("type", endsWith("/not-found"));
    }

    @Test
    void shouldReplayAnExplicitIdempotencyKeyOnlyOnceTheAnswerIsFinal() {
        JsonObject body = resolution(newId());
        for (String replayed : new String[] {null, "true"}) {
            given().header("X-API-Key", "sandbox-emergency")
                    .header("Idempotency-Key", body.getString("correlationId"))
                    .contentType("application/json")
                    .body(body.encode())
                    .post("/v1/emergencies")
                    .then()
                    .statusCode(202)
                    .header("Idempotent-Replayed", replayed == null ? org.hamcrest.Matchers.nullValue() : is(replayed));
        }
    }

    @Test
    void shouldLetAnOperatorExtendAndEndAClaim() {
        String id = newId();
        tell(activation(id).put("ttl", 60)).statusCode(202);
        awaitStatus(id, "ACTIVE");
        Instant before = Instant.parse(status(id).extract().path("expiresAt"));

        operator(
                        "POST",
                        "emergencies/" + id + "/extend",
                        new JsonObject().put("ttl", 7200).put("reason", "still on"))
                .statusCode(200);
        assertThat(Instant.parse(status(id).extract().path("expiresAt"))).isAfter(before.plusSeconds(3600));
        operator("GET", "emergencies", null).statusCode(200).body("correlationId", hasItem(id));

        operator("POST", "emergencies/" + id + "/resolve", new JsonObject().put("reason", "false alarm"))
                .statusCode(200);
        awaitGenesys(vendors, "INACTIVE");
        status(id).body("claim", is("OVERRIDDEN"));
        operator("POST", "emergencies/" + newId() + "/resolve", new JsonObject().put("reason", "x"))
                .statusCode(404);
    }

    @Test
    void shouldForceAGroupAndTakeItBack() {
        JsonObject override = new JsonObject()
                .put("mode", "ACTIVE")
                .put("targetQueueIds", new JsonArray().add("queue-drill"))
                .put("reason", "drill")
                .put("until", Instant.now().plusSeconds(600).toString());

        operator("POST", "emergency-groups/default/override", override.copy().put("dryRun", true))
                .statusCode(200)
                .body("status", is("DRY_RUN"))
                .body("changes[0].step", is("APPLY"))
                .body("changes[0].method", is("POST"))
                .body("changes[0].path", is("/api/v2/telephony/emergencyrouting"))
                .body("changes[0].body.state", is("ACTIVE"))
                .body("changes[0].body.routingConfiguration.queueIds", contains("queue-drill"));
        assertThat(EmergencyRequests.changes(vendors)).isEmpty();

        operator("POST", "emergency-groups/default/override", override)
                .statusCode(200)
                .body("status", is("SET"));
        awaitGenesys(vendors, "ACTIVE");
        await().untilAsserted(() -> operator("GET", "emergency-groups/default", null)
                .body("state", is("ACTIVE"))
                .body("override.mode", is("ACTIVE"))
                .body("override.actor", is("sandbox-operator"))
                .body("reason", startsWith("override by sandbox-operator: drill")));

        operator("DELETE", "emergency-groups/default/override", null)
                .statusCode(200)
                .body("status", is("CLEARED"));
        awaitGenesys(vendors, "INACTIVE");
        operator("DELETE", "emergency-groups/default/override", null).statusCode(404);
    }

    @Test
    void shouldForceInactiveWhateverIncidentsSay() {
        String id = newId();
        tell(activation(id)).statusCode(202);
        awaitStatus(id, "ACTIVE");

        operator(
                        "POST",
                        "emergency-groups/default/override",
                        new JsonObject()
                                .put("mode", "INACTIVE")
                                .put("reason", "test call")
                                .put("until", Instant.now().plusSeconds(600).toString()))
                .statusCode(200);
        awaitGenesys(vendors, "INACTIVE");
        awaitStatus(id, "INACTIVE");
        status(id).body("claim", is("OPEN"));

        operator("DELETE", "emergency-groups/default/override", null).statusCode(200);
        awaitGenesys(vendors, "ACTIVE");
        tell(resolution(id)).statusCode(202);
        awaitGenesys(vendors, "INACTIVE");
    }

    @Test
    void shouldRefuseAnOverrideWithoutEndOrQueues() {
        JsonObject override = new JsonObject().put("mode", "ACTIVE").put("reason", "drill");
        operator("POST", "emergency-groups/default/override", override)
                .statusCode(400)
                .body("errors[0].field", equalTo("until"));
        operator(
                        "POST",
                        "emergency-groups/default/override",
                        override.copy()
                                .put("until", Instant.now().plusSeconds(60).toString()))
                .statusCode(400)
                .body("errors[0].field", equalTo("targetQueueIds"));
        operator("GET", "emergency-groups/nobody", null).statusCode(404);
    }
}
