package io.incidentbridge.wrapup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    @Test
    void shouldTakeATimeWithAnyOffset() {
        assertThat(Cursor.parse("2026-11-22T10:00:00+01:00"))
                .isEqualTo(new Cursor(Instant.parse("2026-11-22T09:00:00Z"), ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0123456789abcdef0123456789abcdef"})
    void shouldReadWhatItWrites(String behind) {
        Cursor cursor = new Cursor(Instant.parse("2026-11-22T09:00:00.120Z"), behind);

        assertThat(Cursor.parse(cursor.toString())).isEqualTo(cursor);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2026-11-22T09:00:00Z~", "2026-11-22T09:00:00Z~x", "~0123456789abcdef0123456789abcdef", "x"})
    void shouldRefuseWhatNeitherIsATimeNorWasWritten(String text) {
        assertThatThrownBy(() -> Cursor.parse(text))
                .isInstanceOf(DateTimeException.class)
                .hasMessageStartingWith("must");
    }
}
