package io.incidentbridge.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OffsetTimeTest {

    @ParameterizedTest
    @CsvSource({
        "2030-01-31T09:00:00Z,           2030-01-31T09:00:00Z",
        "2030-01-31t09:00:00z,           2030-01-31T09:00:00Z",
        "2030-01-31T09:00Z,              2030-01-31T09:00:00Z",
        "2030-01-31T09:00:00.123456789Z, 2030-01-31T09:00:00.123Z",
        "2030-01-31T09:00:00+05:30,      2030-01-31T03:30:00Z",
        "2030-01-31T09:00:00-0800,       2030-01-31T17:00:00Z",
        "2030-01-31T09:00:00+01,         2030-01-31T08:00:00Z",
        "2030-01-31T09:00:00-00:00,      2030-01-31T09:00:00Z",
        "2024-02-29T23:59:59Z,           2024-02-29T23:59:59Z",
        "1970-01-01T00:00:00Z,           1970-01-01T00:00:00Z"
    })
    void shouldReadAsUtc(String text, Instant expected) {
        assertThat(OffsetTime.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2030-01-31T09:00:00", "2030-01-31T09:00", "2030-01-31T09:00:00.123"})
    void shouldAskForAnOffset(String text) {
        assertThatThrownBy(() -> OffsetTime.parse(text)).hasMessageContaining("must carry an offset");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "now",
                "2031-01-31",
                "09:30:00Z",
                "2031-01-31 09:00:00",
                "2031-01-31 09:00:00Z",
                " 2031-01-31T09:00:00Z",
                "2031-01-31T09:00:00Z\n",
                "2031-1-31T09:00:00Z",
                "31-01-31T09:00:00Z",
                "+12031-01-31T09:00:00Z",
                "-0001-01-31T09:00:00Z",
                "+999999999-12-31T23:59:59Z",
                "2031-02-30T09:00:00Z",
                "2031-13-01T09:00:00Z",
                "2031-00-00T09:00:00Z",
                "2023-02-29T09:00:00Z",
                "2031-01-31T24:00:00Z",
                "2031-01-31T25:00:00Z",
                "2031-01-31T09:60:00Z",
                "2031-06-30T23:59:60Z",
                "2031-01-31T09:00:00.Z",
                "2031-01-31T09:00:00.1234567890Z",
                "2031-01-31T09:00:00,5Z",
                "2031-01-31T09:00:00+18:01",
                "2031-01-31T09:00:00+24:00",
                "2031-01-31T09:00:00+1",
                "2031-01-31T09:00:00 +01:00",
                "2031-01-31T09:00:00+01:00[Europe/Berlin]",
                "2031-01-31T09:00:00GMT",
                "2031-W05-4T09:00:00Z",
                "20300131T090000Z",
                "1893456000",
                "1893456000000",
                "1969-12-31T23:59:59Z",
                "0000-01-01T00:00:00Z",
                "9999-12-31T23:59:59-18:00",
                "２０３０-01-31T09:00:00Z"
            })
    void shouldRefuseWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> OffsetTime.parse(text))
                .isInstanceOf(DateTimeException.class)
                .hasMessageStartingWith("must ")
                .satisfies(e -> assertThat(text.isBlank() || !e.getMessage().contains(text))
                        .isTrue());
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 100_000})
    void shouldRefuseEndlessText(int length) {
        assertThatThrownBy(() -> OffsetTime.parse("2030-01-31T09:00:00." + "1".repeat(length) + "Z"))
                .isInstanceOf(DateTimeException.class);
    }
}
