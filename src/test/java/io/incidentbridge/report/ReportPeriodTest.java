package io.incidentbridge.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.incidentbridge.problem.ProblemException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportPeriodTest {

    private static final Instant NOW = Instant.parse("2026-11-22T13:40:05Z");

    @Test
    void shouldTakeTheLatestDayWhenNothingIsAskedFor() {
        assertThat(ReportPeriod.of("", "", NOW))
                .isEqualTo(
                        new ReportPeriod(Instant.parse("2026-11-21T13:00:00Z"), Instant.parse("2026-11-22T14:00:00Z")));
    }

    @Test
    void shouldWidenToWholeHoursOfUtc() {
        assertThat(ReportPeriod.of("2026-11-01T00:30:00+01:00", "2026-11-02T00:00:00Z", NOW))
                .isEqualTo(
                        new ReportPeriod(Instant.parse("2026-10-31T23:00:00Z"), Instant.parse("2026-11-02T00:00:00Z")));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T10:00:00Z, 2026-11-22T10:00:00Z, from",
        "2026-11-23T10:00:00Z, '', from",
        "2026-08-01T00:00:00Z, 2026-11-02T00:00:00Z, from",
        "2026-11-01T00:00:00, '', from",
        "2026-11-22T14:00:00Z, 2026-11-23T00:00:00Z, from",
        "9999-12-31T00:00:00Z, 9999-12-31T23:59:59Z, from",
        "'', 9999-12-31T23:59:59Z, to",
        "'', yesterday, to"
    })
    void shouldNameTheFieldAndTheRuleWhenAPeriodIsNone(String from, String to, String field) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> ReportPeriod.of(from, to, NOW))
                .satisfies(refused -> assertThat(refused.problem().errors())
                        .singleElement()
                        .satisfies(error -> {
                            assertThat(error.field()).isEqualTo(field);
                            assertThat(error.detail()).isNotBlank();
                        }));
    }
}
