package io.incidentbridge.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

    private static final Duration BASE = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 4", "9, 256", "10, 300", "64, 300", "2147483647, 300"})
    void shouldDoubleUpToTheLongest(int failures, long seconds) {
        assertThat(new Backoff(BASE, LONGEST, () -> 1.0).after(failures)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void shouldUseTheWholeOfThePause() {
        assertThat(new Backoff(BASE, LONGEST, () -> 0.0).after(5)).isZero();
        assertThat(new Backoff(BASE, LONGEST, () -> 0.5).after(5)).isEqualTo(Duration.ofSeconds(8));
    }
}
