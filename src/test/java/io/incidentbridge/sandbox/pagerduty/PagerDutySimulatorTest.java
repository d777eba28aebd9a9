package io.incidentbridge.sandbox.pagerduty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.incidentbridge.sandbox.MutableClock;
import io.incidentbridge.sandbox.VendorClient;
import io.incidentbridge.sandbox.WebhookReceiver;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is expected here is from PagerDuty's developer-docs, docs/webhooks and docs/REST-API. */
class PagerDutySimulatorTest {

    private static final String CONTROL = "/sandbox/pagerduty/control/";
    private static final Duration LONG = Duration.ofSeconds(30);

    private final MutableClock clock = new MutableClock();
    private VendorClient vendors;
    private WebhookReceiver bridge;

    @BeforeEach
    void start() throws Exception {
        vendors = VendorClient.start(clock);
        bridge = WebhookReceiver.of(vendors);
    }

    @AfterEach
    void stop() {
        vendors.close();
        bridge.close();
    }

    @Test
    void shouldFindByIdAndByNumber() throws Exception {
        JsonObject incident = trigger();

        assertThat(incident(incident.getString("id"))).isEqualTo(incident);
        assertThat(incident(Integer.toString(incident.getInteger("incident_number"))))
                .isEqualTo(incident);
    }

    @Test
    void shouldTellWhenItChangedAndNotWhenItIsRead() throws Exception {
        String id = trigger().getString("id");
        clock.advance(Duration.ofMinutes(1));
        change(id, "{\"priority\":\"P2\"}");
        clock.advance(Duration.ofMinutes(1));

        assertThat(incident(id).getMap())
                .containsEntry("created_at", "2026-07-01T12:00:00Z")
                .containsEntry("last_status_change_at", "2026-07-01T12:00:00Z")
                .containsEntry("updated_at", "2026-07-01T12:01:00Z")
                .containsEntry("resolved_at", null);

        change(id, "{\"status\":\"resolved\"}");
        clock.advance(Duration.ofHours(1));

        assertThat(incident(id).getMap())
                .containsEntry("last_status_change_at", "2026-07-01T12:02:00Z")
                .containsEntry("updated_at", "2026-07-01T12:02:00Z")
                .containsEntry("resolved_at", "2026-07-01T12:02:00Z");
    }

    @Test
    void shouldNotBeResolvedAnyMoreWhenReopened() throws Exception {
        String id = trigger().getString("id");
        change(id, "{\"status\":\"resolved\"}");
        clock.advance(Duration.ofMinutes(5));

        assertThat(change(id, "{\"status\":\"triggered\"}").getString("resolved_at"))
                .isNull();
        assertThat(bridge.awaitLast(3)
                        .getJsonObject("event")
                        .getJsonObject("data")
                        .getMap())
                .containsEntry("created_at", "2026-07-01T12:00:00Z")
                .containsEntry("reopened_at", "2026-07-01T12:05:00Z");
    }

    @Test
    void shouldSendAnEventAsDocumented() throws Exception {
        String id = trigger().getString("id");

        JsonObject event = bridge.awaitLast(1).getJsonObject("event");

        assertThat(event.getString("event_type")).isEqualTo("incident.triggered");
        assertThat(event.getJsonObject("data").getMap())
                .containsEntry("id", id)
                .containsEntry("reopened_at", null)
                .containsKeys("number", "incident_key", "incident_type", "assignees", "teams", "conference_bridge");
        assertThat(event.getJsonObject("data")
                        .getJsonObject("escalation_policy")
                        .getMap())
                .containsOnlyKeys("id", "summary", "type")
                .containsEntry("type", "escalation_policy_reference");
    }

    @Test
    void shouldRefuseAWrongTokenInTheUsualEnvelope() throws Exception {
        String id = trigger().getString("id");

        HttpResponse<String> answer = get(id, "Token token=wrong");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(error(answer).getInteger("code")).isEqualTo(2006);
        assertThat(error(answer).getJsonArray("errors")).hasSize(1);
    }

    @Test
    void shouldNotFindWhatIsNotThere() throws Exception {
        HttpResponse<String> answer = get("PNOBODY", "Token token=sandbox");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(error(answer).getInteger("code")).isEqualTo(2100);
    }

    @ParameterizedTest
    @CsvSource({
        "400,2001,Invalid Input Provided",
        "401,2006,Authentication failed",
        "402,2014,Missing Account Ability",
        "403,2010,Access Denied",
        "404,2100,Not Found",
        "408,2016,The request took too long to process",
        "500,2000,An internal error has occurred. PagerDuty team has been notified."
    })
    void shouldFailInTheWordsOfTheStatus(int status, int code, String message) throws Exception {
        vendors.control("PUT", "/sandbox/faults/pagerduty", "{\"failureRate\":1,\"failureStatus\":" + status + "}");

        HttpResponse<String> answer = get("P1", "Token token=sandbox");

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(error(answer).getMap())
                .containsEntry("code", code)
                .containsEntry("message", message)
                .containsKey("errors");
    }

    @Test
    void shouldRefuseWhatIsAboveTheLimitAsDocumented() throws Exception {
        vendors.control("PUT", "/sandbox/faults/pagerduty", "{\"rateLimit\":0}");

        HttpResponse<String> answer = get("P1", "Token token=sandbox");

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(new JsonObject(answer.body()))
                .isEqualTo(new JsonObject("{\"error\":{\"message\":\"Rate Limit Exceeded\",\"code\":2020}}"));
        assertThat(answer.headers().map()).containsKeys("ratelimit-limit", "ratelimit-remaining", "ratelimit-reset");
    }

    @Test
    void shouldDisableForADayAfterThreeDropsInARow() throws Exception {
        bridge.answer(401);
        for (int i = 1; i <= 3; i++) {
            trigger();
            awaitDropped(i);
        }
        bridge.answer(202);
        assertThat(webhooks().getBoolean("disabled")).isTrue();

        trigger();
        awaitDropped(4);
        clock.advance(Duration.ofHours(24));

        assertThat(webhooks().getBoolean("disabled")).isFalse();
        String id = trigger().getString("id");
        assertThat(bridge.awaitLast(4)
                        .getJsonObject("event")
                        .getJsonObject("data")
                        .getString("id"))
                .isEqualTo(id);
    }

    @Test
    void shouldNotDisableWhenADeliveryBetweenIsAccepted() throws Exception {
        for (int status : new int[] {401, 404, 202, 400, 413}) {
            bridge.answer(status);
            JsonObject before = webhooks();
            trigger();
            await().atMost(LONG).until(() -> settled(webhooks()) > settled(before));
        }

        assertThat(webhooks().getBoolean("disabled")).isFalse();
    }

    @Test
    void shouldForgetWhatWaitsAtAReset() throws Exception {
        bridge.answer(503);
        trigger();
        bridge.await(1);

        vendors.control("POST", "/sandbox/reset", null);
        bridge.answer(202);
        String id = trigger().getString("id");

        await().atMost(LONG).until(() -> webhooks().getInteger("accepted") == 1);
        assertThat(webhooks().getInteger("dropped")).isZero();
        assertThat(bridge.await(2)).last().satisfies(last -> assertThat(last.text())
                .contains(id));
    }

    private static int settled(JsonObject webhooks) {
        return webhooks.getInteger("accepted") + webhooks.getInteger("dropped");
    }

    private void awaitDropped(int count) {
        await().atMost(LONG).until(() -> webhooks().getInteger("dropped") == count);
    }

    private JsonObject webhooks() throws Exception {
        return vendors.json(CONTROL + "webhooks");
    }

    private JsonObject trigger() throws Exception {
        return new JsonObject(vendors.control("POST", CONTROL + "incidents", "{\"priority\":\"P1\"}")
                .body());
    }

    private JsonObject change(String id, String change) throws Exception {
        return new JsonObject(
                vendors.control("PUT", CONTROL + "incidents/" + id, change).body());
    }

    private JsonObject incident(String idOrNumber) throws Exception {
        return new JsonObject(get(idOrNumber, "Token token=sandbox").body()).getJsonObject("incident");
    }

    private HttpResponse<String> get(String idOrNumber, String authorization) throws Exception {
        return vendors.send(vendors.request("/sandbox/pagerduty/incidents/" + idOrNumber)
                .header("Authorization", authorization)
                .GET());
    }

    private static JsonObject error(HttpResponse<String> answer) {
        return new JsonObject(answer.body()).getJsonObject("error");
    }
}
