package io.incidentbridge.security;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Once per refused request, although credentials are looked at lazily and by several parts of the bridge. */
@QuarkusTest
class AuthenticationFailuresTest {

    @Inject
    MeterRegistry registry;

    @ParameterizedTest
    @ValueSource(strings = {"/test-echo/data-action", "/q/metrics"})
    void shouldCountAWrongKeyOnce(String path) {
        double before = failures();

        given().header("X-API-Key", "wrong").get(path).then().statusCode(401);

        assertThat(failures() - before).isEqualTo(1);
    }

    @Test
    void shouldCountAWrongKeyOnceWhereRequestsAreLimited() {
        double before = failures();

        given().header("X-API-Key", "wrong")
                .contentType("application/json")
                .body("{\"ani\":\"+14155550123\"}")
                .post("/v1/callers/lookup")
                .then()
                .statusCode(401);

        assertThat(failures() - before).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "sandbox-data-action, /test-echo/data-action, 200",
        "sandbox-data-action, /test-echo/operator,    403",
        "wrong,               /q/health/live,         200"
    })
    void shouldNotCountWhatIsNotRefusedForItsKey(String key, String path, int status) {
        double before = failures();

        given().header("X-API-Key", key).get(path).then().statusCode(status);

        assertThat(failures() - before).isZero();
    }

    @Test
    void shouldNotCountAMissingKey() {
        double before = failures();

        given().get("/test-echo/data-action").then().statusCode(401);

        assertThat(failures() - before).isZero();
    }

    private double failures() {
        return registry.find("bridge.authentication.failures").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }
}
