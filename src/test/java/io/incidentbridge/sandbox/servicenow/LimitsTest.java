package io.incidentbridge.sandbox.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.sandbox.MutableClock;
import io.incidentbridge.sandbox.VendorClient;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is expected here is from inbound-REST-API-rate-limiting.md of the product documentation. */
class LimitsTest {

    private static final String INCIDENTS = "table/incident?sysparm_limit=1";
    private static final String USERS = "v2/table/sys_user?sysparm_limit=1";
    private static final String STATS = "stats/incident?sysparm_count=true";

    private VendorClient vendors;

    @BeforeEach
    void start() {
        vendors = VendorClient.start(new MutableClock());
    }

    @AfterEach
    void stop() {
        vendors.close();
    }

    @Test
    void shouldSayWhichLimitIsExceeded() throws Exception {
        faults("{\"rateLimit\":1}");
        get("sandbox", INCIDENTS);

        HttpResponse<String> refused = get("sandbox", INCIDENTS);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(new JsonObject(refused.body()))
                .isEqualTo(
                        new JsonObject(
                                """
                                {"error":{"message":"Rate limit exceeded",
                                  "detail":"Rate limit of 60 requests per hour for Table API exceeded"},
                                 "status":"failure"}"""));
        assertThat(refused.headers().firstValue("X-RateLimit-Limit")).contains("60");
        assertThat(refused.headers().firstValue("Retry-After")).contains("60");
    }

    @Test
    void shouldCountUsersAndApisApart() throws Exception {
        faults("{\"rateLimit\":1}");

        assertThat(get("sandbox", INCIDENTS).statusCode()).isEqualTo(200);
        assertThat(get("sandbox", USERS).statusCode()).isEqualTo(429);
        assertThat(get("sandbox-emergency", USERS).statusCode()).isEqualTo(200);
        assertThat(get("sandbox", STATS).statusCode()).isEqualTo(200);
        HttpResponse<String> refused = get("sandbox", STATS);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("for Aggregate API exceeded");
    }

    @Test
    void shouldNotExplainExhaustedSemaphores() throws Exception {
        faults("{\"rateLimit\":0,\"rateLimitHeaders\":false}");

        HttpResponse<String> refused = get("sandbox", INCIDENTS);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(new JsonObject(refused.body()).getJsonObject("error").getMap())
                .containsEntry("message", "Rate limit exceeded")
                .containsEntry("detail", null);
        assertThat(refused.headers().map()).doesNotContainKeys("retry-after", "x-ratelimit-limit");
    }

    private void faults(String json) throws Exception {
        vendors.control("PUT", "/sandbox/faults/servicenow", json);
    }

    private HttpResponse<String> get(String user, String path) throws Exception {
        return vendors.send(vendors.request("/sandbox/servicenow/api/now/" + path)
                .header("Accept", "application/json")
                .header("Authorization", SimulatedInstance.basic(user, user)));
    }
}
