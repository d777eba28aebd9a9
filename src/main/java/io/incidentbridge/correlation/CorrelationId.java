package io.incidentbridge.correlation;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;

/**
 * The id that ties a request to everything it causes. Genesys Cloud sends one with each Data Action; others get a new
 * one. It lives in the log context, which Quarkus carries along with the request across threads.
 */
public final class CorrelationId {

    /** Genesys Cloud's header; the answer repeats it. */
    public static final String HEADER = "ININ-Correlation-Id";

    private static final String LOG_FIELD = "correlationId";
    private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9_.:-]{1,100}");

    private CorrelationId() {}

    /** Of the request or the work item being handled; empty outside of both. */
    public static Optional<String> current() {
        return Optional.ofNullable((String) MDC.get(LOG_FIELD));
    }

    /** Goes on under the id of an earlier request, as background work does. */
    public static void resume(String id) {
        MDC.put(LOG_FIELD, id);
    }

    /** What was sent, if it is harmless in a log line and a header, else a new id. */
    static String acceptOrCreate(String presented) {
        return presented != null && ACCEPTED.matcher(presented).matches()
                ? presented
                : UUID.randomUUID().toString();
    }
}
