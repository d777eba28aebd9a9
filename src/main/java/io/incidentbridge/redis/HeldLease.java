package io.incidentbridge.redis;

import java.time.Duration;

/** A lease that is held, as far as its holder knows. */
public final class HeldLease {

    private final String key;
    private final String fence;
    private final Duration length;
    private volatile long until;

    HeldLease(String key, String fence, Duration length, long until) {
        this.key = key;
        this.fence = fence;
        this.length = length;
        this.until = until;
    }

    String key() {
        return key;
    }

    /** A number that rises with every holder; a script that is given it can tell whether the lease still holds. */
    public String fence() {
        return fence;
    }

    Duration length() {
        return length;
    }

    void until(long nanos) {
        until = nanos;
    }

    /** How long it holds at least, negative when it may have run out; the clock goes on while the process is stopped. */
    public Duration left() {
        return Duration.ofNanos(until - System.nanoTime());
    }
}
