package io.incidentbridge.correlation;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The trace id of a W3C {@code traceparent} header, for the log only. */
final class TraceParent {

    static final String HEADER = "traceparent";

    private static final Pattern FORMAT = Pattern.compile("(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");
    private static final String ABSENT = "0".repeat(32);

    private TraceParent() {}

    static Optional<String> traceId(String header) {
        if (header == null) {
            return Optional.empty();
        }
        Matcher matcher = FORMAT.matcher(header);
        return matcher.matches() && !matcher.group(1).equals(ABSENT) ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
