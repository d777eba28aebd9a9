package io.incidentbridge.webhook;

import static io.incidentbridge.webhook.WebhookFixture.bytes;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.incidentbridge.itsm.FailureReason;
import io.incidentbridge.itsm.IncidentEvent;
import io.incidentbridge.testing.SandboxResource;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Webhooks as their senders deliver them, with a real Redis. */
@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class WebhookResourceTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @Inject
    RecordingListener listener;

    @Inject
    MeterRegistry registry;

    private final String key = "P" + Long.toString(System.nanoTime(), 36).toUpperCase(java.util.Locale.ROOT);

    @Test
    void shouldApplyASignedEventOnceHoweverOftenItIsDelivered() {
        String body = pagerDuty(UUID.randomUUID().toString(), Instant.now());

        deliver(body).statusCode(202).body("status", equalTo("ACCEPTED"));
        deliver(body).statusCode(202).body("status", equalTo("DUPLICATE"));

        await().atMost(LONG).untilAsserted(() -> assertThat(listener.eventsOf(key))
                .extracting(IncidentEvent::kind)
                .containsExactly(IncidentEvent.Kind.OPENED));
    }

    /** Senders may have a credential for something else on the way; the signature is the bridge's. */
    @ParameterizedTest
    @CsvSource({"X-API-Key,of-a-proxy", "Authorization,Basic cHJveHk6c2VjcmV0", "Authorization,Bearer of-a-proxy"})
    void shouldTakeASignedEventWhateverOtherCredentialItCarries(String header, String value) {
        String body = pagerDuty(UUID.randomUUID().toString(), Instant.now());

        given().headers(WebhookFixture.pagerDuty(WebhookFixture.PAGERDUTY_SECRET, bytes(body)))
                .header(header, value)
                .body(bytes(body))
                .contentType("application/json")
                .post("/v1/webhooks/pagerduty/sandbox")
                .then()
                .statusCode(202)
                .body("status", equalTo("ACCEPTED"));
    }

    @Test
    void shouldAnswerAnUnknownNameAsItAnswersAWrongSignatureAndCountItApart() {
        String body = pagerDuty("1", Instant.now());
        double unsigned = refused("unsigned");
        double unknownNames = refused("unknown");
        String wrong = given().header("X-PagerDuty-Signature", "v1=00")
                .body(body)
                .contentType("application/json")
                .post("/v1/webhooks/pagerduty/sandbox")
                .then()
                .statusCode(401)
                .extract()
                .asString()
                .replaceAll("\"correlationId\":\"[^\"]*\"", "");
        String unknown = given().headers(WebhookFixture.pagerDuty(WebhookFixture.PAGERDUTY_SECRET, bytes(body)))
                .body(body)
                .contentType("application/json")
                .post("/v1/webhooks/pagerduty/nobody")
                .then()
                .statusCode(401)
                .extract()
                .asString()
                .replaceAll("\"correlationId\":\"[^\"]*\"", "");

        assertThat(unknown).isEqualTo(wrong);
        assertThat(refused("unsigned")).isEqualTo(unsigned + 1);
        assertThat(refused("unknown")).isEqualTo(unknownNames + 1);
    }

    @Test
    void shouldIgnoreWhatIsTooOldToBeTrustedAndWhatIsNoJson() {
        deliver(pagerDuty(UUID.randomUUID().toString(), Instant.now().minus(Duration.ofDays(4))))
                .statusCode(202)
                .body("status", equalTo("STALE"));
        deliver("not json").statusCode(202).body("status", equalTo("UNREADABLE"));
        deliver("[]").statusCode(202).body("status", equalTo("UNREADABLE"));
    }

    @Test
    void shouldRefuseTooLargeABodyBeforeItsSignature() {
        given().body(new byte[1024 * 1024 + 1])
                .contentType("application/json")
                .post("/v1/webhooks/jira/sandbox")
                .then()
                .statusCode(413);
    }

    @Test
    void shouldKnowNoOtherSenders() {
        given().body("{}")
                .contentType("application/json")
                .post("/v1/webhooks/opsgenie/sandbox")
                .then()
                .statusCode(404);
    }

    @Test
    void shouldTryAgainWhileAVendorIsAway() {
        listener.fail(key, FailureReason.UNREACHABLE);
        deliver(pagerDuty(UUID.randomUUID().toString(), Instant.now())).statusCode(202);
        await().atMost(LONG)
                .until(() -> given().header("X-API-Key", "sandbox-operator")
                                .get("/v1/ops/inbox")
                                .jsonPath()
                                .getInt("sources.find { it.source == 'pagerduty' }.backlog")
                        > 0);

        listener.heal(key);

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(listener.eventsOf(key)).hasSize(1));
    }

    @Test
    void shouldParkWhatTimeDoesNotCureAndReplayIt() {
        listener.fail(key, FailureReason.FORBIDDEN);
        String eventId = UUID.randomUUID().toString();
        deliver(pagerDuty(eventId, Instant.now())).statusCode(202);
        String path = "entries.find { it.eventId == '" + eventId + "' }.";
        await().atMost(LONG).untilAsserted(() -> operator()
                .get("/v1/ops/inbox/pagerduty/parked")
                .then()
                .body(path + "reason", equalTo("genesys: FORBIDDEN"))
                .body(path + "attempts", equalTo(5)));
        String id = operator().get("/v1/ops/inbox/pagerduty/parked").jsonPath().getString(path + "id");

        listener.heal(key);
        operator()
                .post("/v1/ops/inbox/pagerduty/parked/" + id + "/replay")
                .then()
                .statusCode(200)
                .body("status", equalTo("REPLAYED"));

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(listener.eventsOf(key)).hasSize(1));
        operator()
                .post("/v1/ops/inbox/pagerduty/parked/" + id + "/replay")
                .then()
                .statusCode(404);
    }

    @Test
    void shouldSayWhatAnEventWouldDo() {
        operator()
                .body(pagerDuty("1", Instant.parse("2026-11-22T09:30:00Z")))
                .contentType("application/json")
                .post("/v1/ops/inbox/pagerduty/sandbox/dry-run")
                .then()
                .statusCode(200)
                .body("status", equalTo("TRANSLATED"))
                .body("kind", equalTo("OPENED"))
                .body("key", equalTo(key))
                .body("at", equalTo("2026-11-22T09:30:00Z"))
                .body("emergency", equalTo("DECLARE"))
                .body("rule", equalTo("pagerduty-p1"))
                .body("queues", hasItem("queue-12345"));
        assertThat(listener.eventsOf(key)).isEmpty();
    }

    @Test
    void shouldKeepTheInboxToOperators() {
        given().header("X-API-Key", "sandbox-data-action")
                .get("/v1/ops/inbox")
                .then()
                .statusCode(403);
        given().get("/v1/ops/inbox/jira/parked").then().statusCode(401);
    }

    private double refused(String outcome) {
        Counter counter = registry.find("bridge.webhook")
                .tags("source", "pagerduty", "outcome", outcome)
                .counter();
        return counter == null ? 0 : counter.count();
    }

    private static io.restassured.specification.RequestSpecification operator() {
        return given().header("X-API-Key", "sandbox-operator");
    }

    private static ValidatableResponse deliver(String body) {
        Map<String, String> signed = WebhookFixture.pagerDuty(WebhookFixture.PAGERDUTY_SECRET, bytes(body));
        return given().headers(signed)
                .body(bytes(body))
                .contentType("application/json")
                .post("/v1/webhooks/pagerduty/sandbox")
                .then();
    }

    private String pagerDuty(String eventId, Instant at) {
        return """
                {"event":{"id":"%s","event_type":"incident.triggered","occurred_at":"%s",
                 "data":{"id":"%s","type":"incident","status":"triggered","title":"Mail","priority":{"summary":"P1"}}}}
                """
                .formatted(eventId, at, key);
    }
}
