package io.incidentbridge.report;

import io.incidentbridge.json.OffsetTime;
import io.incidentbridge.problem.FieldError;
import io.incidentbridge.problem.ProblemException;
import io.incidentbridge.problem.ProblemType;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Whole hours, as counts are kept by the hour.
 *
 * @param from the hour's beginning
 * @param to   not included
 */
public record ReportPeriod(Instant from, Instant to) {

    /** The length of the longest period. */
    public static final int MOST_DAYS = 92;

    private static final Duration DEFAULT = Duration.ofHours(24);

    /**
     * What was asked for, widened to whole hours.
     *
     * @param from ISO-8601 with an offset, blank for 24 hours before the end
     * @param to   ISO-8601 with an offset, blank for now
     */
    public static ReportPeriod of(String from, String to, Instant now) {
        Instant end = to.isBlank() ? now : time("to", to);
        Instant start = from.isBlank() ? end.minus(DEFAULT) : time("from", from);
        if (start.isAfter(now) && from.isBlank()) {
            throw broken("to", "must be at most 24 hours in the future when from is absent");
        }
        if (!start.isBefore(end) || start.isAfter(now)) {
            throw broken("from", "must be before to, and not in the future");
        }
        if (start.isBefore(end.minus(Duration.ofDays(MOST_DAYS)))) {
            throw broken("from", "must be at most " + MOST_DAYS + " days before to");
        }
        return new ReportPeriod(start.truncatedTo(ChronoUnit.HOURS), nextHour(end));
    }

    private static Instant nextHour(Instant time) {
        Instant hour = time.truncatedTo(ChronoUnit.HOURS);
        return hour.equals(time) ? hour : hour.plus(1, ChronoUnit.HOURS);
    }

    private static Instant time(String field, String text) {
        try {
            return OffsetTime.parse(text);
        } catch (DateTimeException e) {
            throw broken(field, e.getMessage());
        }
    }

    private static ProblemException broken(String field, String rule) {
        return new ProblemException(
                ProblemType.VALIDATION,
                "A parameter breaks a rule; see errors.",
                List.of(new FieldError(null, field, "period", rule)));
    }
}
