package io.incidentbridge.emergency;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What is told of an incident, or decided about its claim.
 *
 * @param title in the source's words, or why an operator does it; empty when nobody says
 * @param at    when it happened at the source
 * @param ttl   how long the claim holds from its acceptance on without another word; zero where it does not apply
 * @param actor who tells it
 */
record ClaimEvent(
        Kind kind,
        String id,
        String group,
        String source,
        String type,
        int severity,
        List<String> queueIds,
        String title,
        Instant at,
        Duration ttl,
        String actor) {

    enum Kind {
        ACTIVATE,
        REOPEN,
        /** The incident is open again, but is no emergency; a later activation opens its claim. */
        REOPEN_WITHDRAWN,
        /** The incident is an emergency in another open status: reopened if its source had ended it, else active as before. */
        MOVE,
        /** The same, but it is no emergency. */
        MOVE_WITHDRAWN,
        /** The incident goes on, but is no emergency any more; a later activation opens its claim again. */
        WITHDRAW,
        RESOLVE,
        /** An operator ends the claim, whatever its source says. */
        OVERRIDE,
        /** An operator gives it another ttl. */
        EXTEND,
        /** Its ttl is over. */
        EXPIRE
    }

    /** One about a claim that is known. */
    static ClaimEvent about(Kind kind, String id, String group, Instant at, Duration ttl, String actor) {
        return new ClaimEvent(kind, id, group, "", "", 0, List.of(), "", at, ttl, actor);
    }

    ClaimEvent of(String otherGroup) {
        return new ClaimEvent(kind, id, otherGroup, source, type, severity, queueIds, title, at, ttl, actor);
    }
}
