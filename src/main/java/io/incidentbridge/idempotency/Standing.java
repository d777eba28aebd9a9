package io.incidentbridge.idempotency;

import java.time.Duration;

/**
 * How a key stands for one who asks.
 *
 * @param claim for RUN and RESUME, else null
 * @param reply for REPLAY, else null
 * @param left  for BUSY how long the owner's claim holds at most, else zero
 */
record Standing(Kind kind, Claim claim, Reply reply, Duration left) {

    enum Kind {
        RUN,
        RESUME,
        BUSY,
        REPLAY,
        TOO_LARGE,
        OTHER_PAYLOAD
    }

    static Standing claimed(Kind kind, Claim claim) {
        return new Standing(kind, claim, null, Duration.ZERO);
    }

    static Standing busy(Duration left) {
        return new Standing(Kind.BUSY, null, null, left);
    }

    static Standing replay(Reply reply) {
        return new Standing(Kind.REPLAY, null, reply, Duration.ZERO);
    }

    static Standing refused(Kind kind) {
        return new Standing(kind, null, null, Duration.ZERO);
    }
}
