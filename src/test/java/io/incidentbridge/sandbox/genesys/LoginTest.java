package io.incidentbridge.sandbox.genesys;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.sandbox.MutableClock;
import io.incidentbridge.sandbox.VendorClient;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginTest {

    private static final String GRANT = "grant_type=client_credentials";

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

    @ParameterizedTest
    @ValueSource(strings = {"sandbox", "sandbox-emergency", "observer"})
    void shouldIssueTokens(String client) throws Exception {
        JsonObject answer = new JsonObject(vendors.login(client, client, GRANT).body());

        assertThat(answer.getString("token_type")).isEqualTo("bearer");
        assertThat(answer.getInteger("expires_in")).isEqualTo(86_400);
        assertThat(answer.fieldNames()).containsExactlyInAnyOrder("access_token", "token_type", "expires_in");
        JsonObject info = new JsonObject(vendors.call(answer.getString("access_token"), "GET", "tokens/me", null)
                .body());
        assertThat(info.getJsonObject("OAuthClient").getString("id")).isEqualTo(client);
    }

    @ParameterizedTest
    @CsvSource({
        "sandbox, wrong, grant_type=client_credentials, 401, invalid_client",
        "nobody, nobody, grant_type=client_credentials, 401, invalid_client",
        "sandbox, sandbox, grant_type=password, 400, unsupported_grant_type",
        "sandbox, sandbox, scope=all, 400, invalid_request",
    })
    void shouldRefuseLogins(String client, String secret, String form, int status, String error) throws Exception {
        HttpResponse<String> answer = vendors.login(client, secret, form);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(new JsonObject(answer.body()).getString("error")).isEqualTo(error);
    }

    @Test
    void shouldRefuseAnExpiredToken() throws Exception {
        String token = vendors.token("sandbox");
        clock.advance(Duration.ofSeconds(86_399));
        assertThat(vendors.call(token, "HEAD", "tokens/me", null).statusCode()).isEqualTo(200);

        clock.advance(Duration.ofSeconds(1));

        HttpResponse<String> answer = vendors.call(token, "GET", "tokens/me", null);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(new JsonObject(answer.body()).getString("code")).isEqualTo("bad.credentials");
    }

    @Test
    void shouldTellWhoseTokenItIs() throws Exception {
        HttpResponse<String> answer = vendors.call(vendors.token("sandbox"), "GET", "tokens/me", null);

        assertThat(new JsonObject(answer.body()).getJsonObject("OAuthClient").getMap())
                .containsEntry("id", "sandbox")
                .containsEntry("authorizedGrantType", "CLIENT-CREDENTIALS");
    }

    @Test
    void shouldTakeBackOnlyTheCallingToken() throws Exception {
        String revoked = vendors.token("sandbox");
        String other = vendors.token("sandbox");

        assertThat(vendors.call(revoked, "DELETE", "tokens/me", null).statusCode())
                .isEqualTo(200);

        assertThat(vendors.call(revoked, "GET", "tokens/me", null).statusCode()).isEqualTo(401);
        assertThat(vendors.call(other, "GET", "tokens/me", null).statusCode()).isEqualTo(200);
    }
}
