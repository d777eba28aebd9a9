package io.incidentbridge.sandbox.servicenow;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The platform's date-times: {@code yyyy-MM-dd HH:mm:ss} without an offset; raw ones are UTC. */
final class GlideDateTime {

    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private GlideDateTime() {}

    static String format(Instant instant) {
        return in(ZoneOffset.UTC, instant);
    }

    /** What a user of that time zone sees. */
    static String in(ZoneId zone, Instant instant) {
        return FORMAT.format(instant.atZone(zone));
    }

    static Optional<Instant> parse(String text, ZoneId zone) {
        try {
            return Optional.of(LocalDateTime.parse(text, FORMAT).atZone(zone).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    static Optional<Instant> parse(String raw) {
        return parse(raw, ZoneOffset.UTC);
    }
}
