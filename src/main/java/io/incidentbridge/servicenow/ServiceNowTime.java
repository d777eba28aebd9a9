package io.incidentbridge.servicenow;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Optional;

/** ServiceNow's raw date-times: {@code yyyy-MM-dd HH:mm:ss}, always UTC. */
final class ServiceNowTime {

    private static final DateTimeFormatter RAW =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);

    private ServiceNowTime() {}

    /** @return empty for an empty or unreadable value */
    static Optional<Instant> parse(String raw) {
        try {
            return Optional.of(LocalDateTime.parse(raw, RAW).toInstant(ZoneOffset.UTC));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    static String format(Instant time) {
        return RAW.format(time.atOffset(ZoneOffset.UTC));
    }
}
