package io.incidentbridge.itsm;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** The {@code Retry-After} header: seconds or an HTTP date (RFC 9110, section 10.2.3). */
public final class RetryAfter {

    /** Nobody waits longer than this on a vendor's word, lest one bad header stops the bridge for a day. */
    static final Duration LONGEST = Duration.ofMinutes(15);

    private RetryAfter() {}

    /**
     * @return empty when absent, unreadable, or already over, which is no word to go by: whoever waits has a pause of their
     *         own for that; never above 15 minutes
     */
    public static Optional<Duration> parse(String header, Instant now) {
        if (header == null || header.isBlank()) {
            return Optional.empty();
        }
        String text = header.strip();
        Optional<Duration> wait = text.matches("\\d{1,9}")
                ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
                : date(text).map(until -> Duration.between(now, until));
        return wait.filter(RetryAfter::isToCome).map(RetryAfter::bounded);
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static boolean isToCome(Duration wait) {
        return !wait.isNegative() && !wait.isZero();
    }

    private static Duration bounded(Duration wait) {
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
