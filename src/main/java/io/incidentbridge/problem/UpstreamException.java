package io.incidentbridge.problem;

import java.time.Duration;
import java.util.Optional;

/**
 * A system behind the bridge did not do what it was asked. Flows usually know what to answer instead; where one does not,
 * the caller gets 503, never 500.
 */
public abstract class UpstreamException extends RuntimeException {

    protected UpstreamException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Without a stack trace: for failures that come by the thousand while a system is away. */
    protected UpstreamException(String message) {
        super(message, null, false, false);
    }

    /** When it may be worth asking again, as far as that system has said. */
    public Optional<Duration> retryAfter() {
        return Optional.empty();
    }
}
