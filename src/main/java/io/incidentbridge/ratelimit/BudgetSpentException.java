package io.incidentbridge.ratelimit;

import java.time.Duration;

/** A vendor's budget has no room within the caller's deadline; nothing was sent. */
public class BudgetSpentException extends RuntimeException {

    private final Duration retryAfter;

    BudgetSpentException(String upstream, Lane lane, Duration retryAfter) {
        super("budget of " + upstream + " is spent for " + lane, null, false, false);
        this.retryAfter = retryAfter;
    }

    /** When asking again may succeed. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
