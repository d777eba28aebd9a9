package io.incidentbridge.problem;

import java.net.URI;
import java.util.List;

/**
 * An RFC 9457 problem with the members that Data Actions and operators rely on.
 *
 * @param type              stable URI of the kind of problem
 * @param title             the same for every problem of its type
 * @param status            the HTTP status
 * @param detail            this occurrence in words: no values sent by the caller, no vendor's body
 * @param instance          what the problem is about, or null
 * @param code              the type's last segment
 * @param retryable         whether the same request may succeed later
 * @param retryAfterSeconds when to come back, in seconds from now, or null
 * @param errors            the fields at fault; empty when it is not about fields
 */
public record Problem(
        URI type,
        String title,
        int status,
        String detail,
        URI instance,
        String code,
        boolean retryable,
        Long retryAfterSeconds,
        List<FieldError> errors) {

    private static final int MOST_ERRORS = 20;

    public Problem {
        // A body of a megabyte can break a rule a hundred thousand times; nobody reads more than the first few.
        errors = List.copyOf(errors.size() > MOST_ERRORS ? errors.subList(0, MOST_ERRORS) : errors);
    }

    static Problem of(ProblemType type, String detail, Long retryAfterSeconds, List<FieldError> errors) {
        return new Problem(
                type.uri(),
                type.title(),
                type.status(),
                detail,
                null,
                type.code(),
                type.retryable(),
                retryAfterSeconds,
                errors);
    }

    static Problem of(ProblemType type) {
        return of(type, type.title() + ".", null, List.of());
    }

    /** For a status without a type of its own. */
    static Problem ofStatus(int status) {
        return ProblemType.ofStatus(status)
                .map(Problem::of)
                .orElseGet(() -> new Problem(
                        URI.create("about:blank"),
                        "Refused",
                        status,
                        "The request was refused.",
                        null,
                        "refused",
                        false,
                        null,
                        List.of()));
    }
}
