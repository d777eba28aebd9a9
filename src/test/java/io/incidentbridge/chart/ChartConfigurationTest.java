package io.incidentbridge.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the chart writes is what the application reads: every key is known, of its type, and effective at run time. */
class ChartConfigurationTest {

    private final ApplicationKeys keys = new ApplicationKeys();

    static List<Path> examples() {
        return Chart.exampleValues();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldWriteOnlyKeysThatTheApplicationAccepts(Path values) {
        Properties properties = Chart.properties(Chart.render(values, Map.of()));

        keys.accept(properties);
        assertThat(properties.stringPropertyNames()).allMatch(keys::isKnown);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldSetOnlyEnvironmentVariablesThatAreRead(Path values) {
        assertThat(Chart.render(values, Map.of())
                        .one("Deployment", "bridge-incident-bridge")
                        .at("/spec/template/spec/containers/0/env"))
                .extracting((JsonNode variable) -> variable.path("name").asText())
                .allMatch(keys::isKnownVariable);
    }

    @Test
    void shouldRefuseAKeyThatTheApplicationDoesNotKnow() {
        Properties properties = Chart.properties(
                Chart.render(Chart.values("minimal"), Map.of("config.bridge\\.caller\\.dead-line", "2s")));

        assertThatThrownBy(() -> keys.accept(properties)).hasMessageContaining("bridge.caller.dead-line");
        assertThat(keys.isKnown("quarkus.http.prot")).isFalse();
        assertThat(keys.isKnown("quarkus.http.ssl.client-auth"))
                .as("fixed at build time")
                .isFalse();
        assertThat(keys.isKnownVariable("BRIDGE_SERVICENOW_ULR")).isFalse();
    }
}
