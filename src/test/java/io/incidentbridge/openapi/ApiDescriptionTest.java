package io.incidentbridge.openapi;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class ApiDescriptionTest {

    @Test
    void shouldDescribeTheBridgeAlone() {
        String description = given().header("X-API-Key", "sandbox-operator")
                .get("/q/openapi")
                .asString();

        assertThat(description)
                .contains("/v1/callers/lookup", "/v1/wrapups", "/v1/emergencies")
                .doesNotContain("/test", "/console", "/sandbox");
    }

    @ParameterizedTest
    @CsvSource({
        "/q/openapi,             */*,              yaml",
        "/q/openapi,             application/json, json",
        "/q/openapi?format=json, */*,              json",
        "/q/openapi?format=JSON, */*,              json",
        "/q/openapi?format=yaml, application/json, yaml",
        "/q/openapi.json,        */*,              json",
        "/q/openapi.yaml,        application/json, yaml",
        "/q/openapi.yml,         */*,              yaml"
    })
    void shouldAnswerAsAskedFor(String path, String accept, String format) {
        given().header("X-API-Key", "sandbox-operator")
                .accept(accept)
                .get(path)
                .then()
                .statusCode(200)
                .contentType(startsWith("application/" + format))
                .body(startsWith(format.equals("json") ? "{" : "---"));
    }

    @Test
    void shouldAnswerAHeadWithoutTheBody() {
        String body = given().header("X-API-Key", "sandbox-operator")
                .head("/q/openapi")
                .then()
                .statusCode(200)
                .contentType(startsWith("application/yaml"))
                .extract()
                .asString();

        assertThat(body).isEmpty();
    }

    @Test
    void shouldAskForAKeyOfAHeadToo() {
        given().head("/q/openapi").then().statusCode(401);
    }
}
