package io.incidentbridge.emergency.target;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * How calls are to be routed, or are.
 *
 * @param active   whether an emergency is on
 * @param queueIds where calls go, first choice first; empty without an emergency
 * @param priority of those calls in their queue; 0 without an emergency
 */
@RegisterForReflection
public record Routing(boolean active, List<String> queueIds, int priority) {

    public static final Routing INACTIVE = new Routing(false, List.of(), 0);

    public Routing {
        queueIds = active ? List.copyOf(queueIds) : List.of();
        priority = active ? priority : 0;
    }
}
