package io.incidentbridge.correlation;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class CorrelationTest {

    private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    @ParameterizedTest
    @ValueSource(strings = {"7b6c0ea2-8c5b-4f0b-9f2a-0c1d2e3f4a5b", "a", "A_b.c:d-1"})
    void shouldAnswerUnderTheCallersId(String id) {
        given().header("ININ-Correlation-Id", id)
                .get("/test-echo")
                .then()
                .statusCode(200)
                .header("ININ-Correlation-Id", equalTo(id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\"b", "ä", "${jndi:x}", "<script>"})
    void shouldReplaceAHarmfulId(String id) {
        given().header("ININ-Correlation-Id", id)
                .get("/test-echo")
                .then()
                .header("ININ-Correlation-Id", matchesPattern(UUID));
    }

    @Test
    void shouldReplaceATooLongId() {
        given().header("ININ-Correlation-Id", "a".repeat(101))
                .get("/test-echo")
                .then()
                .header("ININ-Correlation-Id", matchesPattern(UUID));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/test-echo/fault", "/test-echo/limited", "/test-echo/operator", "/q/metrics", "/no/such/address"
            })
    void shouldNameTheIdInAProblem(String path) {
        given().header("ININ-Correlation-Id", "call-1")
                .get(path)
                .then()
                .header("ININ-Correlation-Id", equalTo("call-1"))
                .body("correlationId", equalTo("call-1"));
    }
}
