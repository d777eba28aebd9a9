package io.incidentbridge.startup;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** With the checks of the whole application, whose test configuration production must refuse. */
@QuarkusTest
class StartupChecksTest {

    @Inject
    StartupChecks checks;

    @Test
    void shouldRefuseTheSandboxsConfigurationInProduction() {
        assertThatThrownBy(() -> checks.run(true))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("does not start")
                .hasMessageContaining("bridge.security.clients.sandbox-operator.keys: ")
                .hasMessageContaining("bridge.security.clients.sandbox-data-action.keys: ")
                .hasMessageContaining("bridge.security.hash-key: ")
                .hasMessageContaining("use .key-files")
                .hasMessageNotContaining("sandbox-hash-key-");
    }

    @Test
    void shouldOnlyWarnElsewhere() {
        assertThatCode(() -> checks.run(false)).doesNotThrowAnyException();
    }

    @Test
    void shouldStartInProductionWithQuestionableFindings() {
        StartupCheck check = () -> Stream.of(Finding.questionable("a.key", "is odd", "set another"));

        assertThatCode(() -> new StartupChecks(List.of(check)).run(true)).doesNotThrowAnyException();
    }

    @Test
    void shouldReportAllFindingsAtOnce() {
        StartupCheck one = () -> Stream.of(Finding.unsafe("one.key", "is bad", "set it"));
        StartupCheck two = () -> Stream.of(Finding.unsafe("two.key", "is worse", "remove it"));

        assertThatThrownBy(() -> new StartupChecks(List.of(one, two)).run(true))
                .hasMessageContaining("\n  - one.key: is bad; set it\n  - two.key: is worse; remove it");
    }
}
