package io.incidentbridge.redis;

import java.time.Duration;

/**
 * Whether commands are sent at all: a hung or dead Redis costs one deadline, not one per request.
 *
 * <pre>
 * CLOSED ----- a deadline passed in silence, or several failures in a row ----> OPEN
 * OPEN ------- a probe is due -----------------------------------------------> HALF_OPEN
 * HALF_OPEN -- the probe was answered ---------------------------------------> CLOSED
 * HALF_OPEN -- the probe failed ---------------------------------------------> OPEN
 * </pre>
 *
 * <p>The first probe is due at once, so a false alarm (a pause of this process, a slow fork of Redis) costs the
 * milliseconds of one probe. Times are nanoseconds of one monotonic clock.
 */
final class RedisBreaker {

    enum State {
        CLOSED,
        HALF_OPEN,
        OPEN
    }

    private final int failuresToOpen;
    private final long within;
    private final long probeEvery;

    private State state = State.CLOSED;
    private long closedAt = Long.MIN_VALUE;
    private long lastAnswer = Long.MIN_VALUE;
    private int failures;
    private long firstFailure;
    private long nextProbe;

    /**
     * @param failuresToOpen failures in a row that open it, 1 or more
     * @param within         how close together they must be
     * @param probeEvery     pause after a failed probe
     */
    RedisBreaker(int failuresToOpen, Duration within, Duration probeEvery) {
        this.failuresToOpen = failuresToOpen;
        this.within = within.toNanos();
        this.probeEvery = probeEvery.toNanos();
    }

    synchronized State state() {
        return state;
    }

    /** Redis answered a command, be it with an error. While open only the probe's answer counts. */
    synchronized void onAnswer(long now) {
        lastAnswer = now;
        failures = 0;
    }

    /**
     * A command failed without an answer of use.
     *
     * @param sent     when it was sent; what was sent before the breaker closed says nothing about now
     * @param timedOut whether its deadline passed; if nothing else was answered meanwhile Redis is silent
     * @return whether this opened the breaker
     */
    synchronized boolean onFailure(long sent, long now, boolean timedOut) {
        if (state != State.CLOSED || sent < closedAt) {
            return false;
        }
        if (failures == 0 || now - firstFailure > within) {
            failures = 0;
            firstFailure = now;
        }
        failures++;
        boolean silent = timedOut && lastAnswer < sent;
        if (!silent && failures < failuresToOpen) {
            return false;
        }
        nextProbe = now;
        state = State.OPEN;
        return true;
    }

    /** Makes the asker the prober, at most one at a time. */
    synchronized boolean tryProbe(long now) {
        if (state != State.OPEN || now < nextProbe) {
            return false;
        }
        state = State.HALF_OPEN;
        return true;
    }

    /** Redis answers again. */
    synchronized void onProbeAnswer(long now) {
        if (state == State.HALF_OPEN) {
            state = State.CLOSED;
            closedAt = now;
            onAnswer(now);
        }
    }

    /** Redis is still away. */
    synchronized void onProbeFailure(long now) {
        if (state == State.HALF_OPEN) {
            state = State.OPEN;
            nextProbe = now + probeEvery;
        }
    }
}
