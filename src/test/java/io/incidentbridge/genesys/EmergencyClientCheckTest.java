package io.incidentbridge.genesys;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.security.MountedSecrets;
import io.incidentbridge.startup.Finding;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EmergencyClientCheckTest {

    private static final String ID = "bridge.genesys.emergency.client-id";
    private static final String SECRET = "bridge.genesys.emergency.client-secret";

    @Test
    void shouldAcceptAClientOfItsOwn() {
        assertThat(findings(Map.of(ID, "other", SECRET, "other-secret"))).isEmpty();
    }

    @Test
    void shouldAcceptABridgeWithoutEmergencies() {
        assertThat(findings(Map.of())).isEmpty();
    }

    @Test
    void shouldRefuseTheBridgesOwnClient() {
        assertThat(findings(Map.of(ID, "bridge", SECRET, "secret")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.key()).isEqualTo(ID);
                    assertThat(finding.severity()).isEqualTo(Finding.Severity.UNSAFE);
                });
    }

    @Test
    void shouldRefuseHalfAClient() {
        assertThat(findings(Map.of(ID, "other"))).extracting(Finding::key).containsExactly(SECRET);
        assertThat(findings(Map.of(SECRET, "secret"))).extracting(Finding::key).containsExactly(ID);
    }

    private static Stream<Finding> findings(Map<String, String> emergency) {
        Map<String, String> keys = new HashMap<>(emergency);
        keys.put("bridge.genesys.api-url", "https://api.example.com");
        keys.put("bridge.genesys.login-url", "https://login.example.com");
        keys.put("bridge.genesys.client-id", "bridge");
        keys.put("bridge.genesys.client-secret", "secret");
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(GenesysConfig.class)
                .withMapping(EmergencyClientConfig.class)
                .withSources(new PropertiesConfigSource(keys, "test", 100))
                .build();
        return new EmergencyClientCheck(
                        config.getConfigMapping(GenesysConfig.class),
                        config.getConfigMapping(EmergencyClientConfig.class),
                        new MountedSecrets())
                .check();
    }
}
