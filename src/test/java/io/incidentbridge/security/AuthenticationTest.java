package io.incidentbridge.security;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class AuthenticationTest {

    private static final String DATA_ACTION = "/test-echo/data-action";

    @TestHTTPResource
    URL bridge;

    @Test
    void shouldTakeAKeyInTheHeader() {
        given().header("X-API-Key", "sandbox-data-action")
                .get(DATA_ACTION)
                .then()
                .statusCode(200)
                .body(equalTo("sandbox-data-action"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"anything:sandbox-data-action", ":sandbox-data-action"})
    void shouldTakeAKeyAsBasicPassword(String credentials) {
        basic(credentials).get(DATA_ACTION).then().statusCode(200);
    }

    @Test
    void shouldRefuseAMissingKey() {
        unauthenticated(given().get(DATA_ACTION).then());
    }

    @ParameterizedTest
    @ValueSource(strings = {"wrong", "", " ", "sandbox-data-actio", "sandbox-data-action2", "SANDBOX-DATA-ACTION"})
    void shouldRefuseAWrongKey(String key) {
        unauthenticated(given().header("X-API-Key", key).get(DATA_ACTION).then());
    }

    @Test
    void shouldRefuseTwoKeys() {
        unauthenticated(given().header("X-API-Key", "sandbox-data-action", "sandbox-operator")
                .get(DATA_ACTION)
                .then());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic",
                "Basic ",
                "Basic !!!",
                "Basic c2FuZGJveC1kYXRhLWFjdGlvbg==",
                "Bearer sandbox-data-action",
                "Digest sandbox-data-action",
                "sandbox-data-action"
            })
    void shouldRefuseAnUnusableAuthorization(String authorization) {
        unauthenticated(
                given().header("Authorization", authorization).get(DATA_ACTION).then());
    }

    @Test
    void shouldRefuseAKeyAsUserName() {
        unauthenticated(basic("sandbox-data-action:").get(DATA_ACTION).then());
    }

    @Test
    void shouldLookAtTheKeyBeforeTheBody() {
        unauthenticated(given().contentType("application/json")
                .body("not json")
                .post("/test-echo/emergency")
                .then());
    }

    @ParameterizedTest
    @CsvSource({
        "sandbox-data-action, /test-echo/operator",
        "sandbox-emergency,   /test-echo/data-action",
        "sandbox-emergency,   /test-echo/operator",
        "sandbox-operator,    /test-echo/data-action",
        "sandbox-operator,    /test-echo/unannotated",
        "sandbox-data-action, /q/metrics"
    })
    void shouldRefuseAKeyWithoutTheRight(String key, String path) {
        given().header("X-API-Key", key)
                .get(path)
                .then()
                .statusCode(403)
                .contentType("application/problem+json")
                .body("code", equalTo("forbidden"));
    }

    @ParameterizedTest
    @CsvSource({
        "sandbox-operator,    /test-echo/operator",
        "sandbox-operator,    /q/metrics",
        "sandbox-operator,    /q/openapi",
        "sandbox-data-action, /q/openapi",
        "wrong,               /q/health/live",
        "wrong,               /test-echo"
    })
    void shouldLetIn(String key, String path) {
        given().header("X-API-Key", key).get(path).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/q/metrics",
                "/q/openapi",
                "/q/openapi.json",
                "/q/openapi.yaml",
                "/q/openapi.yml",
                "/test-echo/unannotated"
            })
    void shouldCloseWhatIsNotMarkedAsOpen(String path) {
        unauthenticated(given().get(path).then());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/q/metrics/",
                "//q/metrics",
                "/q//metrics",
                "/q/./metrics",
                "/q/%6Detrics",
                "/q/metrics;x",
                "/q;x/metrics",
                "/q/metrics%2F",
                "/q/openapi/",
                "/q/openapi.json/",
                "/q/openapi.json//",
                "//q/openapi.yaml",
                "/q/openapi;x",
                "/test-echo/data-action/",
                "/test-echo/data-action;x",
                "//test-echo/data-action"
            })
    void shouldNotLetInByADetour(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://" + bridge.getHost() + ":" + bridge.getPort() + path))
                .build();

        int status = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request, BodyHandlers.discarding())
                .statusCode();

        assertThat(status).isIn(401, 404);
    }

    @Test
    void shouldRefuseAWrongKeyForMetrics() {
        unauthenticated(given().header("X-API-Key", "wrong").get("/q/metrics").then());
    }

    @Test
    void shouldKeepHealthOpen() {
        given().get("/q/health/live").then().statusCode(200);
    }

    @Test
    void shouldNotLookAtCredentialsOfSimulatedVendors() {
        given().header("X-API-Key", "wrong")
                .header("Authorization", "Basic !!!")
                .get("/sandbox/no-such-vendor/api")
                .then()
                .statusCode(404);
    }

    private static RequestSpecification basic(String credentials) {
        String encoded = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
        return given().header("Authorization", "Basic " + encoded);
    }

    private static void unauthenticated(ValidatableResponse answer) {
        answer.statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", containsString("Basic realm="))
                .body("code", equalTo("unauthenticated"));
    }
}
