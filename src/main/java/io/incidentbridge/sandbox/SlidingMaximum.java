package io.incidentbridge.sandbox;

import java.util.ArrayDeque;

/**
 * The most arrivals in any sliding window. A window holds the arrivals later than its end minus its length up to its
 * end: two that are exactly the length apart never share one, as with {@link SlidingLimit}, so what a limit accepts
 * never shows as more than the limit here.
 */
final class SlidingMaximum {

    private final long windowMillis;
    private final ArrayDeque<Long> window = new ArrayDeque<>();
    private int maximum;

    SlidingMaximum(long windowMillis) {
        this.windowMillis = windowMillis;
    }

    void arrived(long millis) {
        // A clock set back must not hide arrivals: they are taken as simultaneous with the latest.
        long at = window.isEmpty() ? millis : Math.max(millis, window.getLast());
        while (!window.isEmpty() && window.getFirst() <= at - windowMillis) {
            window.removeFirst();
        }
        window.addLast(at);
        maximum = Math.max(maximum, window.size());
    }

    int maximum() {
        return maximum;
    }
}
