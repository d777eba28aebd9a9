package io.incidentbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlsTest {

    private static final String FAULTS = "/sandbox/faults/genesys";

    private final MutableClock clock = new MutableClock();
    private VendorClient vendors;

    @BeforeEach
    void start() {
        vendors = VendorClient.start(clock);
    }

    @AfterEach
    void stop() {
        vendors.close();
    }

    @Test
    void shouldShowAWholeHealthySet() throws Exception {
        assertThat(vendors.json(FAULTS))
                .isEqualTo(
                        new JsonObject(
                                """
                        {"latencyMs":0,"latencySigma":0.0,"failureRate":0.0,"failureStatus":503,"lostReplyRate":0.0,
                         "hangRate":0.0,"htmlRate":0.0,"truncateRate":0.0,"rateLimit":300,"rateLimitWindowSeconds":60,
                         "rateLimitHeaders":true,"commitLagSeconds":0,"propagationMs":0}"""));
    }

    @Test
    void shouldReplaceTheWholeSet() throws Exception {
        vendors.faults("{\"latencyMs\":20,\"hangRate\":0.5}");
        vendors.faults("{\"latencyMs\":10}");

        JsonObject set = vendors.json(FAULTS);

        assertThat(set.getInteger("latencyMs")).isEqualTo(10);
        assertThat(set.getDouble("hangRate")).isZero();
    }

    @Test
    void shouldHeal() throws Exception {
        JsonObject healthy = vendors.json(FAULTS);
        vendors.faults("{\"latencyMs\":20,\"rateLimit\":1}");

        assertThat(vendors.control("DELETE", FAULTS, null).statusCode()).isEqualTo(204);
        assertThat(vendors.json(FAULTS)).isEqualTo(healthy);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"hangrate\":1}         | Unknown field 'hangrate'",
                "{\"hangRate\":1.5}       | 'hangRate' must be from 0 to 1",
                "{\"hangRate\":\"1\"}     | 'hangRate' must be a number",
                "{\"hangRate\":null}      | 'hangRate' must be a number",
                "{\"failureStatus\":200}  | 'failureStatus' must be from 400 to 599",
                "{\"latencyMs\":1.5}      | 'latencyMs' must be a whole number",
                "{\"latencyMs\":-1}       | 'latencyMs' must be from 0 to 600000",
                "{\"revokeTokens\":1}     | 'revokeTokens' must be true or false",
                "[1]                      | not a JSON object",
                "{\"hangRate\":           | not a JSON object",
            })
    void shouldRefuseWhatIsNoFaultSet(String body, String reason) throws Exception {
        HttpResponse<String> answer = vendors.control("PUT", FAULTS, body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(new JsonObject(answer.body()).getString("detail")).contains(reason);
    }

    @Test
    void shouldRefuseUnknownVendorsAndPaths() throws Exception {
        assertThat(vendors.control("GET", "/sandbox/faults/nobody", null).statusCode())
                .isEqualTo(404);
        assertThat(vendors.control("GET", "/sandbox/nothing", null).statusCode())
                .isEqualTo(404);
    }

    @Test
    void shouldRefuseUnknownFieldsOfCalls() throws Exception {
        HttpResponse<String> answer = vendors.control("POST", "/sandbox/calls", "{\"count\":1,\"speed\":3}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("'speed'");
    }

    @Test
    void shouldCountTraffic() throws Exception {
        String token = vendors.token("sandbox");
        vendors.faults("{\"rateLimit\":2}");
        vendors.call(token, "GET", "tokens/me", null);
        vendors.call(token, "GET", "conversations/none", null);
        vendors.call(token, "GET", "tokens/me", null);
        clock.advance(Duration.ofSeconds(60));
        vendors.call(token, "GET", "nothing/like/this", null);

        assertThat(vendors.traffic())
                .isEqualTo(
                        new JsonObject(
                                """
                                {"total":4,"maxPer60s":3,"byStatus":{"200":1,"404":2,"429":1},
                                 "byOperation":{"GET conversations/{id}":1,"GET other":1,"GET tokens/me":2}}"""));
    }

    @Test
    void shouldClearTraffic() throws Exception {
        vendors.call(vendors.token("sandbox"), "GET", "tokens/me", null);

        assertThat(vendors.control("DELETE", "/sandbox/traffic", null).statusCode())
                .isEqualTo(204);
        assertThat(vendors.traffic())
                .isEqualTo(new JsonObject("{\"total\":0,\"maxPer60s\":0,\"byStatus\":{},\"byOperation\":{}}"));
    }

    @Test
    void shouldResetDataButNotTokens() throws Exception {
        String token = vendors.token("sandbox");
        vendors.startConversation("c1");

        assertThat(vendors.control("POST", "/sandbox/reset", null).statusCode()).isEqualTo(204);
        assertThat(vendors.call(token, "GET", "conversations/c1", null).statusCode())
                .isEqualTo(404);
    }
}
