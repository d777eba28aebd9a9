package io.incidentbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.security.MountedSecrets;
import io.incidentbridge.startup.Finding;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignOnCheckTest {

    private static final Map<String, String> SAFE = Map.of(
            "bridge.console.single-sign-on",
            "true",
            "bridge.console.client-secret",
            "client-secret-0123456789-0123456789-012",
            "quarkus.oidc.console.auth-server-url",
            "https://login.example.com");

    @Test
    void shouldAcceptASafeProvider() {
        assertThat(check(SAFE).check()).isEmpty();
    }

    @Test
    void shouldAskForNothingUnlessItIsSwitchedOn() {
        assertThat(check(Map.of("bridge.console.single-sign-on", "false")).check())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "quarkus.oidc.console.auth-server-url, http://login.example.com",
        "quarkus.oidc.console.auth-server-url, ''",
        "quarkus.oidc.console.tls.verification, none",
        "quarkus.oidc.console.tls.verification, certificate-validation",
        "bridge.console.client-secret, short",
        "bridge.console.client-secret, ''"
    })
    void shouldKeepProductionFromStartingWithAnUnsafeOne(String key, String value) {
        Map<String, String> keys = new HashMap<>(SAFE);
        keys.put(key, value);

        assertThat(check(keys).check()).singleElement().satisfies(finding -> {
            assertThat(finding.key()).isEqualTo(key);
            assertThat(finding.severity()).isEqualTo(Finding.Severity.UNSAFE);
        });
    }

    private static SignOnCheck check(Map<String, String> keys) {
        return new SignOnCheck(
                ConsoleConfigs.with(keys),
                new SmallRyeConfigBuilder()
                        .withSources(new PropertiesConfigSource(keys, "test", 100))
                        .build(),
                new MountedSecrets());
    }
}
