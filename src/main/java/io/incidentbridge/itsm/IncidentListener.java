package io.incidentbridge.itsm;

import io.smallrye.mutiny.Uni;
import java.time.Instant;

/**
 * A flow that acts on incidents' events; each is a CDI bean, found by this type. Every accepted event reaches every
 * listener, at least once, in any order, on any replica. A listener decides by {@link IncidentRules} or configuration of
 * its own whether an event concerns it, and ignores the others.
 */
public interface IncidentListener {

    /**
     * Applies the event. Idempotent: a repeat, or one that is older than what is known, changes nothing.
     *
     * @return completes when the effect is stored or done; a failure has the event delivered again later, to all
     *     listeners
     */
    Uni<Void> on(IncidentEvent event);

    /**
     * As above, for listeners that measure how long an event has been under way.
     *
     * @param accepted when the bridge accepted it, by Redis' clock
     */
    default Uni<Void> on(IncidentEvent event, Instant accepted) {
        return on(event);
    }
}
