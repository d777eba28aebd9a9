package io.incidentbridge.emergency.target;

import io.incidentbridge.itsm.ConnectorException;
import io.smallrye.mutiny.Uni;

/** One place in Genesys where an emergency is switched on and off; failures are {@link ConnectorException}. */
public interface RoutingTarget {

    /** Short and stable, unique within its group; part of the audit trail and of metric labels. */
    String name();

    /** Reads what it is now. */
    Uni<Observed> read();

    /** What of a routing this target can hold: an emergency group, for example, knows no queues. */
    Routing able(Routing wanted);

    /**
     * The change from what was read to what is wanted.
     *
     * @param wanted as {@link #able} gives it
     * @param reason begins with the id of the incident that causes it
     * @throws ConnectorException REJECTED when the change would do harm
     */
    Change change(Routing wanted, String reason, Observed preflight);

    /** Sends it once; whether it was done is to be read, whatever this says. */
    Uni<Void> apply(Change change);
}
