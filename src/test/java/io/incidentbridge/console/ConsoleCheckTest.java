package io.incidentbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.startup.Finding;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsoleCheckTest {

    @Test
    void shouldAcceptAConsoleAsItIsByDefault() {
        assertThat(new ConsoleCheck(ConsoleConfigs.with(Map.of())).check()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"bridge.console.open, true", "bridge.console.secure-cookie, false"})
    void shouldKeepProductionFromStartingWithAConsoleForStrangers(String key, String value) {
        assertThat(new ConsoleCheck(ConsoleConfigs.with(Map.of(key, value))).check())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.key()).isEqualTo(key);
                    assertThat(finding.severity()).isEqualTo(Finding.Severity.UNSAFE);
                });
    }
}
