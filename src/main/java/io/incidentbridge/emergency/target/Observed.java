package io.incidentbridge.emergency.target;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * What a target was found to be.
 *
 * @param routing     {@link Routing#INACTIVE} unless ACTIVE
 * @param lastUpdated as the target tells it, empty when it does not; only ever compared for equality
 * @param wire        what it was read from, for targets that are written as a whole
 */
public record Observed(State state, Routing routing, String lastUpdated, JsonNode wire) {

    /** What calls meet. */
    public enum State {
        ACTIVE,
        INACTIVE,
        /** There is nothing to read yet: it is written before it can be relied on. */
        ABSENT,
        /** A change is taking effect; another one would be refused. */
        PENDING,
        /** It answered something that the bridge does not know. */
        UNKNOWN
    }

    static Observed of(Routing routing, String lastUpdated, JsonNode wire) {
        return new Observed(routing.active() ? State.ACTIVE : State.INACTIVE, routing, lastUpdated, wire);
    }

    static Observed unsettled(State state, String lastUpdated) {
        return new Observed(state, Routing.INACTIVE, lastUpdated, MissingNode.getInstance());
    }

    /** Whether it is this routing and nothing else, now. */
    public boolean is(Routing wanted) {
        return (state == State.ACTIVE || state == State.INACTIVE) && routing.equals(wanted);
    }
}
