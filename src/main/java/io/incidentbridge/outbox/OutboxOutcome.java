package io.incidentbridge.outbox;

import io.incidentbridge.itsm.ConnectorException;
import io.incidentbridge.redis.RedisUnavailableException;
import java.time.Duration;

/**
 * What became of one attempt.
 *
 * @param verb   what follows
 * @param after  due again in; null leaves it to the backoff
 * @param reason why it is not done, in words without callers' data; empty when done
 * @param answer what the vendor said, for the operator; empty for nothing
 * @param result of a done item, for whoever waits for it; else empty
 */
public record OutboxOutcome(Verb verb, Duration after, String reason, String answer, String result) {

    /** Nothing was sent where there was no room or no hope: it costs no attempt. */
    private static final Duration SOON = Duration.ofSeconds(2);

    /** What follows an attempt. */
    public enum Verb {
        /** Done, or found done before. */
        DONE,
        /** Failed in a way that may pass. */
        RETRY,
        /** Not tried: no budget, a pause, an open breaker. */
        WAIT,
        /** Failed in a way that only a person can mend. */
        DEAD
    }

    /** @param result kept with the item until it is forgotten */
    public static OutboxOutcome done(String result) {
        return new OutboxOutcome(Verb.DONE, null, "", "", result);
    }

    /** Tried again with growing pauses, in the end a dead letter. */
    public static OutboxOutcome retry(String reason) {
        return new OutboxOutcome(Verb.RETRY, null, reason, "", "");
    }

    /** @param after instead of the backoff, as the vendor asked */
    public static OutboxOutcome retry(String reason, Duration after) {
        return new OutboxOutcome(Verb.RETRY, after, reason, "", "");
    }

    /** Costs no attempt. */
    public static OutboxOutcome wait(String reason, Duration after) {
        return new OutboxOutcome(Verb.WAIT, after, reason, "", "");
    }

    /** @param answer what the vendor said, for the operator */
    public static OutboxOutcome dead(String reason, String answer) {
        return new OutboxOutcome(Verb.DEAD, null, reason, answer, "");
    }

    /** What a failed attempt usually means; handlers make exceptions of it where they know better. */
    public static OutboxOutcome of(Throwable failure) {
        if (failure instanceof RedisUnavailableException) {
            return wait("Redis was away", SOON);
        }
        if (!(failure instanceof ConnectorException known)) {
            return retry("the bridge failed: " + failure.getClass().getSimpleName());
        }
        String reason = known.vendor() + " " + known.reason();
        return switch (known.reason()) {
            case RATE_LIMITED, BREAKER_OPEN -> wait(reason, known.retryAfter().orElse(SOON));
            case UNREACHABLE, UNKNOWN_OUTCOME, VENDOR_FAULT, UNAUTHENTICATED, CONFLICT ->
                retry(reason, known.retryAfter().orElse(null));
            case FORBIDDEN, NOT_FOUND, REJECTED -> dead(reason, known.vendorMessage());
        };
    }
}
