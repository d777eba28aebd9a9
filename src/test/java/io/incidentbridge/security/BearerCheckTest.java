package io.incidentbridge.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.startup.Finding;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BearerCheckTest {

    private static final Map<String, String> SAFE = Map.of(
            "quarkus.oidc.tenant-enabled", "true",
            "quarkus.oidc.auth-server-url", "https://login.example.com",
            "quarkus.oidc.token.audience", "incident-bridge");

    @Test
    void shouldAcceptASafeProvider() {
        assertThat(findings(SAFE)).isEmpty();
    }

    @Test
    void shouldAskForNothingUnlessItIsSwitchedOn() {
        assertThat(findings(Map.of("quarkus.oidc.auth-server-url", "http://login.example.com")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "quarkus.oidc.auth-server-url, HTTPS://login.example.com",
        "quarkus.oidc.jwks-path, /keys",
        "quarkus.oidc.token.audience, 'incident-bridge,another'",
        "quarkus.oidc.tls.verification, required"
    })
    void shouldAccept(String key, String value) {
        assertThat(with(key, value)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "quarkus.oidc.auth-server-url, http://login.example.com",
        "quarkus.oidc.auth-server-url, HTTP://localhost:8180",
        "quarkus.oidc.jwks-path, http://login.example.com/keys",
        "quarkus.oidc.tls.verification, none",
        "quarkus.oidc.tls.verification, NONE",
        "quarkus.oidc.tls.verification, certificate-validation",
        "quarkus.oidc.token.audience, ''",
        "quarkus.oidc.token.audience, any"
    })
    void shouldKeepProductionFromStartingWith(String key, String value) {
        assertThat(with(key, value)).singleElement().satisfies(finding -> {
            assertThat(finding.key()).isEqualTo(key);
            assertThat(finding.severity()).isEqualTo(Finding.Severity.UNSAFE);
        });
    }

    @Test
    void shouldSeeAnAudienceWrittenAsAList() {
        Map<String, String> keys = new HashMap<>(SAFE);
        keys.remove("quarkus.oidc.token.audience");
        assertThat(findings(keys)).extracting(Finding::key).containsExactly("quarkus.oidc.token.audience");

        keys.put("quarkus.oidc.token.audience[0]", "incident-bridge");
        assertThat(findings(keys)).isEmpty();
    }

    private static Stream<Finding> with(String key, String value) {
        Map<String, String> keys = new HashMap<>(SAFE);
        keys.put(key, value);
        return findings(keys);
    }

    private static Stream<Finding> findings(Map<String, String> keys) {
        return new BearerCheck(Configs.config(keys)).check();
    }
}
