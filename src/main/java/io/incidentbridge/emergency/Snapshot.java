package io.incidentbridge.emergency;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Redis holds of one group at one moment.
 *
 * @param now         Redis' time, the same clock for all replicas
 * @param claims      open ones; the ttl of some may be over
 * @param targets     by name
 * @param revision    rises with every change of what is desired
 * @param changed     when it last did
 * @param reported    revision of the last pass
 * @param due         when the next pass is due
 * @param attempt     passes in a row after which something was not as desired
 * @param unsettled   since when it is not; null when all is as desired
 * @param alerted     whether somebody was told of that
 * @param activeSince since when Genesys is known to be in emergency; null when it is not
 * @param forced      the last override, empty when none was set
 * @param proposal    an override that waits for a second person
 * @param queues      live observations of the queues
 * @param unaudited   what the last pass could not tell the audit trail
 * @param sent        a mark for each target to which something was sent that was not read as wanted since
 */
record Snapshot(
        Instant now,
        List<Claim> claims,
        Map<String, Known> targets,
        long revision,
        Instant changed,
        long reported,
        Instant due,
        int attempt,
        Instant unsettled,
        boolean alerted,
        Instant activeSince,
        Cause cause,
        Optional<Forced> forced,
        Optional<Proposal> proposal,
        Queues queues,
        List<Trace> unaudited,
        Map<String, String> sent) {

    /** What changed the desired routing last: an incident's id, or {@code override}; who; and how. */
    record Cause(String id, String by, String how) {

        static final Cause NONE = new Cause("none", "bridge", "watchdog");
    }

    /** An override that waits for a second person. */
    record Proposal(String id, Forced override, String by, Instant until) {}

    /** Live observations, by queue id, and when they were made; EPOCH for never. */
    @RegisterForReflection
    record Queues(Instant at, Map<String, QueueLoad> byId) {

        static final Queues NONE = new Queues(Instant.EPOCH, Map.of());
    }

    /** The override that holds now. */
    Optional<Forced> override() {
        return forced.filter(override -> override.holds(now));
    }

    /** As if this override held. */
    Snapshot with(Optional<Forced> override) {
        return new Snapshot(
                now,
                claims,
                targets,
                revision,
                changed,
                reported,
                due,
                attempt,
                unsettled,
                alerted,
                activeSince,
                cause,
                override,
                proposal,
                queues,
                unaudited,
                sent);
    }

    Known known(String target) {
        return targets.getOrDefault(target, Known.NOTHING);
    }

    /** Whether what is found there may be a change of the bridge's own that took its time. */
    boolean isSent(String target) {
        return sent.containsKey(target);
    }

    /** Whether a pass is due: something has changed, a claim or override has ended by itself, or it is time. */
    boolean isDue() {
        // Not only above: a Redis that was set back to an older state may have an older revision.
        return revision != reported
                || !now.isBefore(due)
                || claims.stream().anyMatch(claim -> !claim.isOpen(now))
                || forced.filter(override -> !override.holds(now)).isPresent();
    }

    /** How long something has not been as desired. */
    Duration late() {
        return unsettled == null ? Duration.ZERO : Duration.between(unsettled, now);
    }
}
