package io.incidentbridge.outbox;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/** Growing pauses with full jitter, so that what failed together does not come back together. */
final class Backoff {

    private static final int MOST_DOUBLINGS = 30;

    private final Duration base;
    private final Duration longest;
    private final DoubleSupplier random;

    /** @param random 0 to 1, evenly */
    Backoff(Duration base, Duration longest, DoubleSupplier random) {
        this.base = base;
        this.longest = longest;
        this.random = random;
    }

    /** @param failures in a row, 1 or more */
    Duration after(int failures) {
        long doubled = base.toMillis() << Math.min(failures - 1, MOST_DOUBLINGS);
        long most = doubled <= 0 ? longest.toMillis() : Math.min(doubled, longest.toMillis());
        return Duration.ofMillis((long) (random.getAsDouble() * most));
    }
}
