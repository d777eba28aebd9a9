package io.incidentbridge.idempotency;

import java.time.Duration;
import java.util.Optional;

/** The answer to a request that must not be done under its key, or not now. */
public class IdempotencyException extends RuntimeException {

    private final int status;
    private final Duration retryAfter;

    private IdempotencyException(int status, String detail, Duration retryAfter) {
        super(detail, null, false, false);
        this.status = status;
        this.retryAfter = retryAfter;
    }

    static IdempotencyException malformedKey() {
        return new IdempotencyException(400, "Idempotency-Key must be 1 to 255 visible ASCII characters", null);
    }

    static IdempotencyException inFlight(Duration retryAfter) {
        return new IdempotencyException(
                409, "The first request with this Idempotency-Key is still running", retryAfter);
    }

    static IdempotencyException tooLarge() {
        return new IdempotencyException(409, "This was done before; its answer was too large to be kept", null);
    }

    static IdempotencyException otherPayload() {
        return new IdempotencyException(422, "This Idempotency-Key was used with another request", null);
    }

    static IdempotencyException unavailable() {
        return new IdempotencyException(
                503, "An Idempotency-Key cannot be honoured now; nothing was done", Duration.ofSeconds(1));
    }

    /** 400, 409, 422 or 503. */
    public int status() {
        return status;
    }

    /** When the same request may be sent again unchanged. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
