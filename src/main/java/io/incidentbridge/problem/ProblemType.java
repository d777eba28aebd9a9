package io.incidentbridge.problem;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of problem the bridge answers with. Callers may rely on {@link #code()}, {@link #uri()} and status. */
public enum ProblemType {
    VALIDATION(400, false, "The request breaks a rule"),
    MALFORMED_JSON(400, false, "The body is not well-formed JSON"),
    UNKNOWN_FIELD(400, false, "The request has an unknown field"),
    BAD_REQUEST(400, false, "The request cannot be understood"),
    UNAUTHENTICATED(401, false, "A valid credential is required"),
    FORBIDDEN(403, false, "The credential lacks the right"),
    NOT_FOUND(404, false, "Nothing is found at this address"),
    METHOD_NOT_ALLOWED(405, false, "This address does not take this method"),
    NOT_ACCEPTABLE(406, false, "No acceptable media type can be produced"),
    CONFLICT(409, true, "The same request is still being handled"),
    PAYLOAD_TOO_LARGE(413, false, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, false, "The body's media type or encoding is not supported"),
    IDEMPOTENCY_MISMATCH(422, false, "The idempotency key was used with another payload"),
    RATE_LIMITED(429, true, "Too many requests"),
    INTERNAL(500, true, "The bridge failed"),
    UNAVAILABLE(503, true, "The bridge cannot take this now");

    private static final String BASE = "https://incidentbridge.io/problems/";

    private final int status;
    private final boolean retryable;
    private final String title;

    ProblemType(int status, boolean retryable, String title) {
        this.status = status;
        this.retryable = retryable;
        this.title = title;
    }

    public int status() {
        return status;
    }

    /** Whether the same request may succeed later. */
    public boolean retryable() {
        return retryable;
    }

    /** Short and the same for every occurrence. */
    public String title() {
        return title;
    }

    /** The last segment of {@link #uri()}, for example {@code rate-limited}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public URI uri() {
        return URI.create(BASE + code());
    }

    /** The type for an error that comes with nothing but a status. */
    static Optional<ProblemType> ofStatus(int status) {
        if (status == BAD_REQUEST.status) {
            return Optional.of(BAD_REQUEST);
        }
        return Arrays.stream(values()).filter(type -> type.status == status).findFirst();
    }
}
