package io.incidentbridge.outage;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.incidentbridge.redis.RedisProcess;
import io.incidentbridge.testing.SandboxResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class OutageResourceTest {

    private final String topic = "mail-" + UUID.randomUUID().toString().substring(0, 8);

    RedisProcess redis;

    @AfterEach
    void endIt() {
        operate(topic, "reset", new JsonObject().put("reason", "test over"));
        operate("global", "reset", new JsonObject().put("reason", "test over"));
    }

    @Test
    void shouldTellNothingOfAQuietTopic() {
        current(topic)
                .body("mode", equalTo("NORMAL"))
                .body("topic", equalTo(topic))
                .body("masterNumber", equalTo(""))
                .body("masterUrl", equalTo(""))
                .body("announcement", equalTo(""))
                .body("since", equalTo(""));
    }

    @Test
    void shouldTellFlowsAndLookupsOfATopicThatAnOperatorTripped() {
        operate(topic, "trip", new JsonObject().put("reason", "phones ring")).statusCode(200);

        current(topic.toUpperCase(java.util.Locale.ROOT))
                .body("mode", equalTo("CATASTROPHE"))
                .body(
                        "announcement",
                        equalTo("We are aware of the current " + topic
                                + " outage. I have noted your call against the master incident."));
        lookup(topic).body("outageMode", equalTo("CATASTROPHE"));
        lookup("another").body("outageMode", equalTo("NORMAL"));
    }

    @Test
    void shouldTellWhenItBeganInMillisecondsAndTheSameEachTime() {
        operate(topic, "trip", new JsonObject().put("reason", "phones ring")).statusCode(200);
        String began = current(topic).extract().path("since");

        assertThat(began).matches("[0-9-]{10}T[0-9:]{8}(\\.[0-9]{3})?Z");
        current(topic).body("since", equalTo(began));
        String never = sinceOfGlobal();
        assertThat(sinceOfGlobal()).isEqualTo(never);
    }

    private static String sinceOfGlobal() {
        return given().header("X-API-Key", "sandbox-operator")
                .get("/v1/ops/outages")
                .then()
                .statusCode(200)
                .extract()
                .path("topics.find { it.topic == 'global' }.since");
    }

    @Test
    void shouldConcernEveryTopicWhenTheWholeServiceDeskIsOpen() {
        operate("global", "trip", new JsonObject().put("reason", "all is lost")).statusCode(200);

        current(topic).body("mode", equalTo("CATASTROPHE")).body("topic", equalTo("global"));
    }

    @Test
    void shouldEndWithAReset() {
        operate(topic, "force", new JsonObject().put("open", true).put("reason", "drill"));

        operate(topic, "reset", new JsonObject().put("reason", "drill over"))
                .statusCode(200)
                .body("state", equalTo("CLOSED"))
                .body("held", equalTo(false));

        current(topic).body("mode", equalTo("NORMAL"));
    }

    @Test
    void shouldListWhatIsHeldUntilItIsReleased() {
        operate(topic, "force", new JsonObject().put("open", false).put("reason", "known noise"));
        list().body("topics.topic", hasItem(topic));

        operate(topic, "release", new JsonObject().put("reason", "over")).body("held", equalTo(false));

        list().body("topics.findAll { it.held }.topic", not(hasItem(topic)));
    }

    @Test
    void shouldKeepTheHistoryAndTheAuditTrail() {
        operate(topic, "trip", new JsonObject().put("reason", "for the record"));

        given().header("X-API-Key", "sandbox-operator")
                .get("/v1/ops/outages/history?topic=" + topic)
                .then()
                .statusCode(200)
                .body("transitions[0].to", equalTo("OPEN"))
                .body("transitions[0].actor", equalTo("sandbox-operator"))
                .body("transitions[0].detail", equalTo("for the record"));
        assertThat(redis.call("XREVRANGE", "ib:{audit}:stream", "+", "-", "COUNT", "20"))
                .contains("outage/" + topic)
                .contains("for the record");
    }

    @ParameterizedTest
    @CsvSource({
        "trip,    '{}',                                                    /reason",
        "trip,    '{\"reason\":\" \"}',                                    /reason",
        "trip,    '{\"reason\":\"x\",\"until\":\"2020-01-01T00:00:00Z\"}', /until",
        "reset,   '{\"reason\":\"x\",\"until\":\"2099-01-01T00:00:00Z\"}', /until",
        "release, '{\"reason\":\"x\",\"until\":\"2099-01-01T00:00:00Z\"}', /until",
        "force,   '{\"reason\":\"x\"}',                                    /open"
    })
    void shouldNameTheFieldThatIsWrong(String action, String body, String pointer) {
        operate(topic, action, new JsonObject(body)).statusCode(400).body("errors.pointer", hasItem(pointer));
    }

    @Test
    void shouldHoldOnlyUntilTheGivenTime() {
        String until =
                Instant.now().plusSeconds(3600).truncatedTo(ChronoUnit.MILLIS).toString();

        operate(topic, "trip", new JsonObject().put("reason", "drill").put("until", until))
                .statusCode(200)
                .body("heldUntil", equalTo(until));
    }

    @Test
    void shouldRefuseOperationsWithADataActionsKey() {
        given().header("X-API-Key", "sandbox-data-action")
                .get("/v1/ops/outages")
                .then()
                .statusCode(403);
    }

    @Test
    void shouldRefuseWhatIsNoLanguage() {
        given().header("X-API-Key", "sandbox-data-action")
                .get("/v1/outages/current?topic=x&language=%7B%7D")
                .then()
                .statusCode(400);
    }

    private static ValidatableResponse current(String topic) {
        return given().header("X-API-Key", "sandbox-data-action")
                .queryParam("topic", topic)
                .get("/v1/outages/current")
                .then()
                .statusCode(200);
    }

    private static ValidatableResponse lookup(String topic) {
        return given().header("X-API-Key", "sandbox-data-action")
                .contentType("application/json")
                .body(new JsonObject()
                        .put("ani", "anonymous")
                        .put("topic", topic)
                        .encode())
                .post("/v1/callers/lookup")
                .then()
                .statusCode(200);
    }

    private static ValidatableResponse list() {
        return given().header("X-API-Key", "sandbox-operator")
                .get("/v1/ops/outages")
                .then()
                .statusCode(200);
    }

    private static ValidatableResponse operate(String topic, String action, JsonObject body) {
        return given().header("X-API-Key", "sandbox-operator")
                .contentType("application/json")
                .body(body.encode())
                .post("/v1/ops/outages/" + topic + "/" + action)
                .then();
    }
}
