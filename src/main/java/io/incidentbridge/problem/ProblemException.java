package io.incidentbridge.problem;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Thrown, or failed with, by anything behind a resource to answer with a problem. Not logged: it is an answer. */
public class ProblemException extends RuntimeException {

    private final ProblemType type;
    private final List<FieldError> errors;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private Long retryAfterSeconds;

    /** @param detail this occurrence in words, for the caller: no values sent by it, no vendor's body */
    public ProblemException(ProblemType type, String detail) {
        this(type, detail, List.of());
    }

    public ProblemException(ProblemType type, String detail, List<FieldError> errors) {
        // Without a stack trace: under load refusals are frequent, and nobody reads theirs.
        super(detail, null, false, false);
        this.type = type;
        this.errors = List.copyOf(errors);
    }

    /** Says when to come back, rounded up to whole seconds, in the body and in {@code Retry-After}. */
    public ProblemException retryAfter(Duration wait) {
        this.retryAfterSeconds = Math.max(1, wait.plusMillis(999).toSeconds());
        return this;
    }

    /** Adds a header to the answer, for example {@code RateLimit}. */
    public ProblemException header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    public ProblemType type() {
        return type;
    }

    public Problem problem() {
        return Problem.of(type, getMessage(), retryAfterSeconds, errors);
    }

    Map<String, String> headers() {
        return headers;
    }
}
