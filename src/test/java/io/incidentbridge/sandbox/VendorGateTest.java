package io.incidentbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VendorGateTest {

    private final MutableClock clock = new MutableClock();
    private final VendorClient vendors =
            VendorClient.start(clock, URI.create("http://localhost:1"), List.of(new StubVendor()));

    @AfterEach
    void stop() {
        vendors.close();
    }

    @Test
    void shouldPassBodiesOfTwoMegabytes() throws Exception {
        HttpResponse<String> answer = vendors.send(
                vendors.request("/sandbox/stub/echo").POST(BodyPublishers.ofString("x".repeat(2_000_000))));

        assertThat(answer.body()).isEqualTo("2000000");
    }

    @Test
    void shouldPassBodiesAfterALatency() throws Exception {
        vendors.control("PUT", "/sandbox/faults/stub", "{\"latencyMs\":50}");

        HttpResponse<String> answer = vendors.send(
                vendors.request("/sandbox/stub/echo").POST(BodyPublishers.ofString("x".repeat(2_000_000))));

        assertThat(answer.body()).isEqualTo("2000000");
    }

    @Test
    void shouldRefuseInTheVendorsOwnShape() throws Exception {
        vendors.control("PUT", "/sandbox/faults/stub", "{\"rateLimit\":1}");
        vendors.control("POST", "/sandbox/stub/echo", "a");
        clock.advance(Duration.ofSeconds(18));

        HttpResponse<String> refused = vendors.control("POST", "/sandbox/stub/echo", "b");

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(new JsonObject(refused.body())).isEqualTo(new JsonObject().put("stub", 429));
        assertThat(refused.headers().firstValue("Retry-After")).contains("42");
        assertThat(refused.headers().firstValue("X-RateLimit-Limit")).contains("60");
    }

    @Test
    void shouldRefuseWithoutHeadersWhenTheyAreSwitchedOff() throws Exception {
        vendors.control("PUT", "/sandbox/faults/stub", "{\"rateLimit\":0,\"rateLimitHeaders\":false}");

        HttpResponse<String> refused = vendors.control("POST", "/sandbox/stub/echo", "b");

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().map()).doesNotContainKeys("retry-after", "x-ratelimit-limit");
    }

    @Test
    void shouldAcceptAThousandAMinuteUnlessToldOtherwise() throws Exception {
        assertThat(vendors.json("/sandbox/faults/stub").getInteger("rateLimit")).isEqualTo(1_000);
    }

    @Test
    void shouldAnswerAndCountWhatAVendorThrows() throws Exception {
        HttpResponse<String> answer = vendors.control("GET", "/sandbox/stub/broken", null);

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(vendors.json("/sandbox/traffic").getJsonObject("stub").getJsonObject("byStatus"))
                .isEqualTo(new JsonObject().put("500", 1));
    }
}
