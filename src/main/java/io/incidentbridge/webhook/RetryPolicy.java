package io.incidentbridge.webhook;

import io.incidentbridge.itsm.ConnectorException;
import io.incidentbridge.redis.RedisUnavailableException;
import io.smallrye.mutiny.CompositeException;
import io.smallrye.mutiny.TimeoutException;
import java.time.Duration;

/** What becomes of a delivery that could not be applied. Time cures an absent vendor, but no mistake. */
final class RetryPolicy {

    private final int attempts;
    private final Duration giveUp;

    RetryPolicy(int attempts, Duration giveUp) {
        this.attempts = attempts;
        this.giveUp = giveUp;
    }

    /** @param age since it was accepted */
    boolean isTriedAgain(Throwable failure, int attempt, Duration age) {
        return isPassing(failure) ? age.compareTo(giveUp) < 0 : attempt < attempts;
    }

    /** For the operator: kinds of failures, never what they say. */
    static String reason(Throwable failure) {
        if (failure instanceof CompositeException several) {
            return several.getCauses().stream()
                    .map(RetryPolicy::reason)
                    .distinct()
                    .reduce((one, other) -> one + ", " + other)
                    .orElse("");
        }
        return failure instanceof ConnectorException known
                ? known.vendor() + ": " + known.reason()
                : failure.getClass().getSimpleName();
    }

    private static boolean isPassing(Throwable failure) {
        if (failure instanceof CompositeException several) {
            return several.getCauses().stream().allMatch(RetryPolicy::isPassing);
        }
        if (failure instanceof ConnectorException known) {
            return switch (known.reason()) {
                case UNREACHABLE,
                        UNKNOWN_OUTCOME,
                        VENDOR_FAULT,
                        RATE_LIMITED,
                        BREAKER_OPEN,
                        UNAUTHENTICATED,
                        CONFLICT -> true;
                case FORBIDDEN, NOT_FOUND, REJECTED -> false;
            };
        }
        return failure instanceof RedisUnavailableException || failure instanceof TimeoutException;
    }
}
