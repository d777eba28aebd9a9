package io.incidentbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultSwitchTest {

    private static final String ATTRIBUTES = "{\"attributes\":{\"incident\":\"INC0010001\"}}";

    private VendorClient vendors;
    private String token;
    private String observer;
    private String patchPath;

    @BeforeEach
    void start() throws Exception {
        vendors = VendorClient.start(Clock.systemUTC());
        token = vendors.token("sandbox");
        observer = vendors.token("observer");
        JsonObject conversation = vendors.startConversation("c1");
        String customer =
                conversation.getJsonArray("participants").getJsonObject(0).getString("id");
        patchPath = "conversations/c1/participants/" + customer + "/attributes";
    }

    @AfterEach
    void stop() {
        vendors.close();
    }

    @Test
    void shouldAnswerLateWhenThereIsLatency() throws Exception {
        vendors.faults("{\"latencyMs\":300}");
        long begin = System.nanoTime();

        HttpResponse<String> answer = vendors.call(token, "GET", "conversations/c1", null);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(299));
    }

    @Test
    void shouldDoTheWorkOfAClientThatGaveUp() throws Exception {
        vendors.faults("{\"latencyMs\":400}");

        assertThatThrownBy(
                        () -> vendors.send(vendors.api(token, "PATCH", patchPath, ATTRIBUTES), Duration.ofMillis(100)))
                .isInstanceOf(HttpTimeoutException.class);

        await().untilAsserted(() -> assertThat(incident()).isEqualTo("INC0010001"));
        assertThat(vendors.traffic().getJsonObject("byStatus").fieldNames()).containsExactly("none");
    }

    @Test
    void shouldFailWithoutDoingTheWork() throws Exception {
        vendors.faults("{\"failureRate\":1,\"failureStatus\":504}");

        HttpResponse<String> answer = vendors.call(token, "PATCH", patchPath, ATTRIBUTES);

        assertThat(answer.statusCode()).isEqualTo(504);
        JsonObject error = new JsonObject(answer.body());
        assertThat(error.getString("code")).isEqualTo("request.timeout");
        assertThat(answer.headers().firstValue("ININ-Correlation-Id")).contains(error.getString("contextId"));
        assertThat(incident()).isNull();
    }

    @Test
    void shouldDoTheWorkAndLoseTheReply() throws Exception {
        vendors.faults("{\"lostReplyRate\":1}");

        assertThatThrownBy(() -> vendors.call(token, "PATCH", patchPath, ATTRIBUTES))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(HttpTimeoutException.class);

        assertThat(incident()).isEqualTo("INC0010001");
        assertThat(vendors.traffic().getJsonObject("byStatus").getInteger("none"))
                .isEqualTo(vendors.traffic().getInteger("total"));
    }

    @Test
    void shouldHangUntilTheClientLeaves() throws Exception {
        vendors.faults("{\"hangRate\":1}");

        assertThatThrownBy(
                        () -> vendors.send(vendors.api(token, "PATCH", patchPath, ATTRIBUTES), Duration.ofMillis(300)))
                .isInstanceOf(HttpTimeoutException.class);

        assertThat(incident()).isNull();
        assertThat(vendors.traffic())
                .isEqualTo(new JsonObject()
                        .put("total", 1)
                        .put("maxPer60s", 1)
                        .put("byStatus", new JsonObject().put("none", 1))
                        .put(
                                "byOperation",
                                new JsonObject().put("PATCH conversations/{id}/participants/{id}/attributes", 1)));
    }

    @Test
    void shouldDoTheWorkAndAnswerWithAWebPage() throws Exception {
        vendors.faults("{\"htmlRate\":1}");

        HttpResponse<String> answer = vendors.call(token, "PATCH", patchPath, ATTRIBUTES);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
        assertThat(answer.body()).startsWith("<!DOCTYPE html>");
        assertThat(incident()).isEqualTo("INC0010001");
    }

    @Test
    void shouldBreakOffHalfWay() throws Exception {
        String whole = vendors.call(token, "GET", "conversations/c1", null).body();
        vendors.faults("{\"truncateRate\":1}");

        RawAnswer answer = RawAnswer.of(vendors.baseUrl(), token, "/sandbox/genesys/api/v2/conversations/c1");

        assertThat(answer.head()).startsWith("HTTP/1.1 200").contains("content-length: " + whole.length());
        assertThat(answer.body()).isEqualTo(whole.substring(0, whole.length() / 2));
    }

    @Test
    void shouldSpareObserversAndTokenRequests() throws Exception {
        vendors.faults("{\"failureRate\":1,\"rateLimit\":0}");

        assertThat(vendors.call(observer, "GET", "conversations/c1", null).statusCode())
                .isEqualTo(200);
        assertThat(vendors.token("sandbox")).isNotBlank();
        assertThat(vendors.traffic().getInteger("total")).isZero();
    }

    @Test
    void shouldRevokeTokensOnceAndKeepTheRest() throws Exception {
        vendors.faults("{\"revokeTokens\":true,\"propagationMs\":5}");

        assertThat(vendors.call(token, "GET", "tokens/me", null).statusCode()).isEqualTo(401);
        String renewed = vendors.token("sandbox");
        assertThat(vendors.call(renewed, "GET", "tokens/me", null).statusCode()).isEqualTo(200);
        JsonObject kept = vendors.json("/sandbox/faults/genesys");
        assertThat(kept.getInteger("propagationMs")).isEqualTo(5);
        assertThat(kept.containsKey("revokeTokens")).isFalse();
    }

    private String incident() throws Exception {
        HttpResponse<String> answer = vendors.call(observer, "GET", "conversations/c1", null);
        return new JsonObject(answer.body())
                .getJsonArray("participants")
                .getJsonObject(0)
                .getJsonObject("attributes")
                .getString("incident");
    }
}
