package io.incidentbridge.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * ISO-8601 times that say where they count from. A time without an offset is refused rather than guessed: half of all
 * guesses would be hours wrong, and nobody would see it.
 */
public final class OffsetTime {

    private static final Pattern FORMAT = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?)" + "([Zz]|[+-]\\d{2}(?::?\\d{2})?)?");
    private static final int LONGEST = 40;
    private static final Instant FIRST = Instant.EPOCH;
    private static final Instant AFTER_LAST = Instant.parse("+10000-01-01T00:00:00Z");

    private OffsetTime() {}

    /**
     * In whole milliseconds.
     *
     * @throws DateTimeException naming the broken rule, never the text
     */
    public static Instant parse(String text) {
        Matcher matcher = text.length() <= LONGEST ? FORMAT.matcher(text) : null;
        if (matcher == null || !matcher.matches()) {
            throw new DateTimeException("must be an ISO-8601 time with an offset, such as 2030-01-31T09:00:00Z");
        }
        if (matcher.group(2) == null) {
            throw new DateTimeException("must carry an offset, such as Z or +01:00");
        }
        Instant time = instant(matcher.group(1), matcher.group(2));
        if (time.isBefore(FIRST) || !time.isBefore(AFTER_LAST)) {
            throw new DateTimeException("must lie between the years 1970 and 9999");
        }
        return time.truncatedTo(ChronoUnit.MILLIS);
    }

    private static Instant instant(String local, String offset) {
        try {
            return LocalDateTime.parse(local).toInstant(ZoneOffset.of(offset.toUpperCase(Locale.ROOT)));
        } catch (DateTimeException e) {
            // The original message repeats the text.
            throw new DateTimeException("must be a day, a time of day and an offset that exist");
        }
    }
}
