package io.incidentbridge.console;

import io.incidentbridge.emergency.EmergencyStatus;
import io.incidentbridge.emergency.Result;
import io.incidentbridge.emergency.RoutingView;
import io.incidentbridge.outage.OutageState;
import io.incidentbridge.outbox.OutboxState;
import io.quarkus.qute.TemplateExtension;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** How templates put values into words, and which of four looks a state has: ok, warn, bad or idle. */
@TemplateExtension
final class TemplateWords {

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private TemplateWords() {}

    static String look(OutageState.Mode mode) {
        return switch (mode) {
            case CLOSED -> "ok";
            case OPEN -> "bad";
            case HALF_OPEN -> "warn";
        };
    }

    /** As flows are told, which says more to people than a breaker's own words. */
    static String called(OutageState.Mode mode) {
        return switch (mode) {
            case CLOSED -> "normal";
            case OPEN -> "catastrophe";
            case HALF_OPEN -> "recovering";
        };
    }

    static String look(RoutingView.State state) {
        return switch (state) {
            case ACTIVE -> "bad";
            case INACTIVE -> "ok";
            case PENDING -> "warn";
        };
    }

    static String look(EmergencyStatus.Status status) {
        return switch (status) {
            case ACTIVE -> "bad";
            case INACTIVE -> "ok";
            case PROCESSING -> "warn";
            case FAILED -> "bad";
        };
    }

    static String look(Result result) {
        return switch (result) {
            case IN_SYNC -> "ok";
            case APPLYING, REPAIRED -> "warn";
            case DRIFTED, FAILED -> "bad";
        };
    }

    static String look(OutboxState state) {
        return switch (state) {
            case DONE -> "ok";
            case READY, CLAIMED -> "warn";
            case DEAD -> "bad";
            case DISCARDED -> "idle";
        };
    }

    /** {@code 0.9312} is {@code 93.1 %}. */
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** As part of an address. */
    static String urlEncode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** {@code 12,345}. */
    static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** An ISO-8601 moment as people read it; empty stays empty. */
    static String moment(String iso) {
        return iso.isEmpty() ? "" : MOMENT.format(Instant.parse(iso));
    }

    /** {@code OPEN} is {@code open}, {@code IN_SYNC} is {@code in sync}. */
    static String words(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Seconds as people say them, for example {@code 3 min 20 s}. */
    static String lasted(long seconds) {
        Duration length = Duration.ofSeconds(seconds);
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3_600
                ? length.toMinutes() + " min" + rest(length.toSecondsPart(), " s")
                : length.toHours() + " h" + rest(length.toMinutesPart(), " min");
    }

    private static String rest(int number, String unit) {
        return number == 0 ? "" : " " + number + unit;
    }

    static String joined(List<String> names) {
        return String.join(", ", names);
    }
}
