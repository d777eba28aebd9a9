package io.incidentbridge.idempotency;

import java.util.Set;

/** What an answer says about the effect of its request, and so what a repeat may do. */
enum Finality {
    /** The last word, good or bad: replayed. */
    FINAL,
    /** Turned down before any effect: a repeat starts afresh. */
    NO_EFFECT,
    /** Done, half done or not: a repeat looks it up and finishes it. */
    UNKNOWN;

    /** 4xx that are about this attempt (credentials, form, pace, a conflict that passes), not about its matter. */
    private static final Set<Integer> OF_THE_ATTEMPT = Set.of(400, 401, 403, 405, 406, 408, 409, 413, 415, 425, 429);

    static Finality of(int status, boolean provisional) {
        if (status == 503 || OF_THE_ATTEMPT.contains(status)) {
            return NO_EFFECT;
        }
        return provisional || status >= 500 ? UNKNOWN : FINAL;
    }
}
