package io.incidentbridge.itsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "42 | PT42S",
                " 7  | PT7S",
                "999999999 | PT15M",
                "Sun, 22 Nov 2026 10:00:30 GMT | PT30S",
                "Mon, 23 Nov 2026 10:00:00 GMT | PT15M"
            })
    void shouldReadSecondsAndDates(String header, Duration expected) {
        assertThat(RetryAfter.parse(header, NOW)).contains(expected);
    }

    /** Without a pause everybody would be back at once. */
    @ParameterizedTest
    @ValueSource(strings = {"0", "000", "Sun, 22 Nov 2026 09:00:00 GMT", "Sun, 22 Nov 2026 10:00:00 GMT"})
    void shouldLeaveThePauseToTheBridgeWhenItIsOverAlready(String header) {
        assertThat(RetryAfter.parse(header, NOW)).isEmpty();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "soon", "-5", "1.5", "99999999999999999999", "2026-11-22T10:00:00Z"})
    void shouldIgnoreWhatItCannotRead(String header) {
        assertThat(RetryAfter.parse(header, NOW)).isEmpty();
    }
}
