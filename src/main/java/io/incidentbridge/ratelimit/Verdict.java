package io.incidentbridge.ratelimit;

/**
 * May a request be sent?
 *
 * @param hint when it is not admitted: how long until asking again may help, ms
 */
record Verdict(Kind kind, long hint) {

    static final Verdict ADMITTED = new Verdict(Kind.ADMITTED, 0);

    static Verdict waitFor(long ms) {
        return new Verdict(Kind.WAIT, Math.max(1, ms));
    }

    enum Kind {
        /** It counts from now on. */
        ADMITTED,
        /** No room, or paused. */
        WAIT,
        /** Redis has not heard of this replica yet, or not for a while: heartbeat first. */
        SYNC,
        /** Redis is collecting what replicas admitted: each works on its own share. */
        AWAY
    }
}
