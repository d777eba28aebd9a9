package io.incidentbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class SettingsTest {

    private final Properties properties = new Properties();

    @Test
    void shouldBeEverythingInOneProcessUnlessTold() {
        Settings settings = new Settings(properties, Map.of());

        assertThat(settings.role()).isEqualTo(SandboxRole.ALL);
        assertThat(settings.httpPort()).isEqualTo(8080);
    }

    @Test
    void shouldPreferPropertiesToTheEnvironment() {
        properties.setProperty("bridge.sandbox.role", "bridge");

        Settings settings =
                new Settings(properties, Map.of("BRIDGE_SANDBOX_ROLE", "vendors", "QUARKUS_HTTP_PORT", "9001"));

        assertThat(settings.role()).isEqualTo(SandboxRole.BRIDGE);
        assertThat(settings.httpPort()).isEqualTo(9001);
    }

    @Test
    void shouldSpellVariablesAsMicroProfileDoes() {
        Settings settings = new Settings(properties, Map.of("BRIDGE_SANDBOX_BRIDGE_URL", "http://bridge"));

        assertThat(settings.get(Settings.BRIDGE_URL)).contains("http://bridge");
    }

    @Test
    void shouldNameTheKeyOfAnUnknownRole() {
        properties.setProperty("bridge.sandbox.role", "vendor");

        assertThatThrownBy(() -> new Settings(properties, Map.of()).role())
                .hasMessageContaining("bridge.sandbox.role is 'vendor'")
                .hasMessageContaining("[all, vendors, bridge]");
    }
}
