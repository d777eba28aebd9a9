package io.incidentbridge.sandbox.genesys;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.sandbox.MutableClock;
import io.incidentbridge.sandbox.VendorClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every operation refuses alike. */
class ErrorsTest {

    private final MutableClock clock = new MutableClock();
    private VendorClient vendors;
    private String token;

    @BeforeEach
    void start() throws Exception {
        vendors = VendorClient.start(clock);
        token = vendors.token("sandbox");
        vendors.startConversation("c1");
    }

    @AfterEach
    void stop() {
        vendors.close();
    }

    @Test
    void shouldHaveGenesysErrorShape() throws Exception {
        HttpResponse<String> answer = vendors.call(token, "GET", "conversations/none", null);

        JsonObject error = new JsonObject(answer.body());
        assertThat(error.fieldNames())
                .containsExactlyInAnyOrder("message", "code", "status", "contextId", "details", "errors");
        assertThat(error.getString("code")).isEqualTo("not.found");
        assertThat(error.getInteger("status")).isEqualTo(answer.statusCode()).isEqualTo(404);
        assertThat(error.getJsonArray("details")).isEqualTo(new JsonArray());
        assertThat(answer.headers().allValues("ININ-Correlation-Id")).containsExactly(error.getString("contextId"));
    }

    @Test
    void shouldCorrelateSuccessesToo() throws Exception {
        HttpResponse<String> answer = vendors.call(token, "GET", "tokens/me", null);

        assertThat(answer.headers().firstValue("ININ-Correlation-Id")).isPresent();
    }

    @Test
    void shouldAskForAToken() throws Exception {
        HttpResponse<String> answer = vendors.control("GET", VendorClient.GENESYS + "/api/v2/tokens/me", null);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(new JsonObject(answer.body()).getString("code")).isEqualTo("authentication.required");
    }

    @Test
    void shouldTakeJsonOnly() throws Exception {
        HttpResponse<String> answer =
                vendors.send(vendors.request(VendorClient.GENESYS + "/api/v2/routing/conversations/c1")
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "text/plain")
                        .method("PATCH", BodyPublishers.ofString("{\"priority\":1}")));

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(new JsonObject(answer.body()).getString("code")).isEqualTo("unsupported.media.type");
    }

    @Test
    void shouldRefuseBodiesOverTheLimit() throws Exception {
        String fits = "{\"priority\":1}" + " ".repeat(512_000 - 14);

        assertThat(vendors.call(token, "PATCH", "routing/conversations/c1", fits)
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> answer = vendors.call(token, "PATCH", "routing/conversations/c1", fits + " ");
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(new JsonObject(answer.body()).getString("code")).isEqualTo("request.entity.too.large");
    }

    @Test
    void shouldRefuseUnreadableBodies() throws Exception {
        HttpResponse<String> answer = vendors.call(token, "PATCH", "routing/conversations/c1", "{\"priority\":");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(new JsonObject(answer.body()).getString("code")).isEqualTo("bad.request");
    }

    @Test
    void shouldNotHaveAPatchOfConversations() throws Exception {
        assertThat(vendors.call(token, "PATCH", "conversations/c1", "{\"priority\":1}")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void shouldTellWhenToRetryWhateverTheReasonOfA429() throws Exception {
        vendors.faults("{\"failureRate\":1,\"failureStatus\":429}");

        HttpResponse<String> refused = vendors.call(token, "GET", "tokens/me", null);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        assertThat(new JsonObject(refused.body()).getString("message"))
                .isEqualTo("Rate limit exceeded the maximum. Retry the request in [1] seconds");
    }

    @Test
    void shouldLimitEachTokenToThreeHundredAMinute() throws Exception {
        for (int i = 0; i < 300; i++) {
            vendors.call(token, "GET", "tokens/me", null);
        }
        clock.advance(Duration.ofSeconds(18));

        HttpResponse<String> refused = vendors.call(token, "GET", "tokens/me", null);

        JsonObject error = new JsonObject(refused.body());
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(error.getString("code")).isEqualTo("too.many.requests.retry.after");
        assertThat(error.getString("message"))
                .isEqualTo("Rate limit exceeded the maximum. Retry the request in [42] seconds");
        assertThat(refused.headers().firstValue("Retry-After")).contains("42");
        assertThat(refused.headers().firstValue("inin-ratelimit-count")).contains("300");
        assertThat(refused.headers().firstValue("inin-ratelimit-allowed")).contains("300");
        assertThat(refused.headers().firstValue("inin-ratelimit-reset")).contains("42");
        assertThat(refused.headers().firstValue("ININ-Correlation-Id")).contains(error.getString("contextId"));
        assertThat(vendors.call(vendors.token("sandbox"), "GET", "tokens/me", null)
                        .statusCode())
                .isEqualTo(200);
    }
}
