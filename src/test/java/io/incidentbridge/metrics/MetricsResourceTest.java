package io.incidentbridge.metrics;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.testing.SandboxResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Prometheus reads of an application that has been used. */
@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class MetricsResourceTest {

    private static final Pattern SAMPLE = Pattern.compile("(?m)^bridge_\\w+");

    @BeforeEach
    void use() {
        given().header("X-API-Key", "sandbox-data-action")
                .contentType("application/json")
                .body("{\"ani\":\"anonymous\"}")
                .post("/v1/callers/lookup")
                .then()
                .statusCode(200);
    }

    @Test
    void shouldExposeNothingThatThePageDoesNotList() throws IOException {
        String page = Files.readString(Path.of("docs/metrics.md"));

        List<String> exposed = SAMPLE.matcher(metrics())
                .results()
                .map(sample -> sample.group().replaceAll("_seconds_(count|sum|max|bucket)$", "_seconds"))
                .distinct()
                .toList();

        assertThat(exposed)
                .contains("bridge_lookup_seconds", "bridge_client_breaker", "bridge_budget_paused")
                .allSatisfy(name -> assertThat(page).contains("| `" + name + "` |"));
    }

    /** What the dashboard's Data Action slots are made of. */
    @Test
    void shouldTimeEveryOperationByItsRoute() {
        given().header("X-API-Key", "sandbox-data-action").get("/v1/wrapups/of-no-call");

        assertThat(metrics().lines().filter(line -> line.startsWith("http_server_requests_seconds")))
                .anyMatch(line -> line.startsWith("http_server_requests_seconds_sum{")
                        && line.contains("method=\"POST\"")
                        && line.contains("uri=\"/v1/callers/lookup\""))
                .anyMatch(line -> line.startsWith("http_server_requests_seconds_count{")
                        && line.contains("uri=\"/v1/wrapups/{conversationId}\""))
                .anyMatch(line -> line.startsWith("http_server_requests_seconds_max{"));
    }

    @Test
    void shouldSpendElevenBucketsOnALookup() {
        List<String> buckets = metrics()
                .lines()
                .filter(line -> line.startsWith(
                        "bridge_lookup_seconds_bucket{matched_by=\"\",stale=\"false\"," + "status=\"NOT_FOUND\""))
                .toList();

        assertThat(buckets)
                .extracting(line -> line.replaceAll(".*le=\"([^\"]+)\".*", "$1"))
                .containsExactly("0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1.0", "2.5", "4.0", "+Inf");
    }

    private static String metrics() {
        return given().header("X-API-Key", "sandbox-operator").get("/q/metrics").asString();
    }
}
