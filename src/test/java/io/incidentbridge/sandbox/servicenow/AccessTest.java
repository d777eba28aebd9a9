package io.incidentbridge.sandbox.servicenow;

import static io.incidentbridge.sandbox.servicenow.SimulatedInstance.basic;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {

    private static final String CLIENT = "client_id=sandbox&client_secret=sandbox";
    private static final String PASSWORD = CLIENT + "&grant_type=password&username=observer&password=observer";

    private final SimulatedInstance instance = new SimulatedInstance();

    @AfterEach
    void close() {
        instance.close();
    }

    private HttpResponse<String> token(String contentType, String body) {
        return instance.send(instance.bare("/oauth_token.do")
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private JsonObject token(String form) {
        return new JsonObject(token("application/x-www-form-urlencoded", form).body());
    }

    private int read(String authorization) {
        return instance.send(instance.bare("/api/now/table/sys_user?sysparm_limit=1")
                        .header("Accept", "application/json")
                        .header("Authorization", authorization))
                .statusCode();
    }

    @Test
    void shouldGrantClientCredentialsWithoutARefreshToken() {
        JsonObject token = token(CLIENT + "&grant_type=client_credentials");

        assertThat(token.getMap())
                .containsOnlyKeys("access_token", "scope", "token_type", "expires_in")
                .containsEntry("scope", "useraccount")
                .containsEntry("token_type", "Bearer")
                .containsEntry("expires_in", 1799);
        assertThat(read("Bearer " + token.getString("access_token"))).isEqualTo(200);
    }

    @Test
    void shouldGiveTheSameTokenAgainWhileItLives() {
        JsonObject first = token(PASSWORD);
        instance.clock.advance(Duration.ofSeconds(1000));
        JsonObject again = token(PASSWORD);
        instance.clock.advance(Duration.ofSeconds(800));
        JsonObject later = token(PASSWORD);

        assertThat(again.getString("access_token")).isEqualTo(first.getString("access_token"));
        assertThat(again.getInteger("expires_in")).isEqualTo(799);
        assertThat(later.getString("access_token")).isNotEqualTo(first.getString("access_token"));
    }

    @Test
    void shouldPromiseOnlyWholeSeconds() {
        token(PASSWORD);
        instance.clock.advance(Duration.ofMillis(1));

        assertThat(token(PASSWORD).getInteger("expires_in")).isEqualTo(1799);
    }

    @Test
    void shouldRefresh() {
        JsonObject first = token(PASSWORD);

        JsonObject refreshed =
                token(CLIENT + "&grant_type=refresh_token&refresh_token=" + first.getString("refresh_token"));

        assertThat(refreshed.getMap()).doesNotContainKey("refresh_token");
        assertThat(read("Bearer " + refreshed.getString("access_token"))).isEqualTo(200);
    }

    @Test
    void shouldLetTokensExpireAfterHalfAnHour() {
        String authorization = "Bearer " + token(PASSWORD).getString("access_token");

        instance.clock.advance(Duration.ofSeconds(1799));
        assertThat(read(authorization)).isEqualTo(200);
        instance.clock.advance(Duration.ofSeconds(1));
        assertThat(read(authorization)).isEqualTo(401);
    }

    @Test
    void shouldForgetRevokedTokensButKeepThemOverAReset() {
        String authorization = "Bearer " + token(PASSWORD).getString("access_token");

        instance.simulator.reset();
        assertThat(read(authorization)).isEqualTo(200);
        instance.simulator.revokeTokens();
        assertThat(read(authorization)).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "grant_type=client_credentials&client_id=sandbox&client_secret=wrong",
                "grant_type=client_credentials",
                "grant_type=password&client_id=sandbox&client_secret=sandbox&username=sandbox&password=wrong",
                "grant_type=refresh_token&client_id=sandbox&client_secret=sandbox&refresh_token=wrong",
                "client_id=sandbox&client_secret=sandbox",
            })
    void shouldRefuseATokenForAnythingWrong(String form) {
        HttpResponse<String> refused = token("application/x-www-form-urlencoded", form);

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).isEqualTo("{\"error\":\"access_denied\",\"error_description\":\"access_denied\"}");
    }

    @Test
    void shouldReadTokenRequestsAsFormsOnly() {
        HttpResponse<String> refused = token(
                "application/json",
                "{\"grant_type\":\"client_credentials\",\"client_id\":\"sandbox\",\"client_secret\":\"sandbox\"}");

        assertThat(refused.statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic", "Basic !!!", "Bearer nothing", "Digest x"})
    void shouldRefuseAnyoneUnknown(String authorization) {
        HttpResponse<String> refused = instance.send(instance.bare("/api/now/table/incident")
                .header("Accept", "application/json")
                .header("Authorization", authorization));

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body())
                .isEqualTo("{\"error\":{\"message\":\"User Not Authenticated\",\"detail\":"
                        + "\"Required to provide Auth information\"},\"status\":\"failure\"}");
    }

    @Test
    void shouldAskWhoIsThereBeforeSayingThatNothingIs() {
        assertThat(instance.send(instance.bare("/api/nothing")).statusCode()).isEqualTo(401);
        assertThat(instance.get("/api/nothing").statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/now",
                "/api/now/",
                "/api/now//",
                "/api/now/v1",
                "/api/now/v2",
                "/api/now/v2/",
                "/api/now/v3/table/incident",
                "/api/now/v12/table/incident",
                "/api/now/v2/table",
                "/api/now/import/staging"
            })
    void shouldNotKnowPathsWithoutAResource(String path) {
        HttpResponse<String> refused = instance.get(path);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(SimulatedInstance.error(refused).getString("message"))
                .isEqualTo("Requested URI does not represent any resource");
    }

    @Test
    void shouldAcceptBasicAuthentication() {
        assertThat(read(basic("observer", "observer"))).isEqualTo(200);
        assertThat(read(basic("observer", "wrong"))).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "GET, -, -, 400",
                "GET, text/html, -, 406",
                "GET, */*, -, 200",
                "POST, application/json, -, 400",
                "POST, application/json, text/plain, 415",
                "POST, application/json, application/json; charset=utf-8, 201",
                "PATCH, application/json, application/json, 405",
            })
    void shouldInsistOnTheDataFormatHeaders(String method, String accept, String contentType, int status) {
        HttpRequest.Builder request = instance.bare("/api/now/table/incident")
                .header("Authorization", basic("sandbox", "sandbox"))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (accept != null) {
            request.header("Accept", accept);
        }
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }

        assertThat(instance.send(request).statusCode()).isEqualTo(status);
    }
}
