package io.incidentbridge.idempotency;

import io.incidentbridge.problem.ProblemException;
import io.incidentbridge.problem.ProblemType;
import java.time.Duration;

/** The answers to a request that must not be done under its key, or not now. */
final class Refusal {

    private Refusal() {}

    static ProblemException malformedKey() {
        return new ProblemException(
                ProblemType.VALIDATION, "Idempotency-Key must be 1 to 255 visible ASCII characters");
    }

    static ProblemException inFlight(Duration retryAfter) {
        return new ProblemException(
                        ProblemType.CONFLICT, "The first request with this Idempotency-Key is still running")
                .retryAfter(retryAfter);
    }

    static ProblemException tooLarge() {
        return new ProblemException(ProblemType.CONFLICT, "This was done before; its answer was too large to be kept");
    }

    static ProblemException otherPayload() {
        return new ProblemException(
                ProblemType.IDEMPOTENCY_MISMATCH, "This Idempotency-Key was used with another request");
    }

    static ProblemException unavailable() {
        return new ProblemException(
                        ProblemType.UNAVAILABLE, "An Idempotency-Key cannot be honoured now; nothing was done")
                .retryAfter(Duration.ofSeconds(1));
    }
}
