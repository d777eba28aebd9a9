package io.incidentbridge.emergency.target;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentbridge.genesys.EmergencyConnector;
import io.incidentbridge.genesys.EmergencyGroups;
import io.smallrye.mutiny.Uni;
import java.util.List;

/**
 * An emergency group of Architect: while it is enabled its IVRs answer with the emergency flow. It knows neither queues
 * nor a reason, and is written as a whole, so a change is made on what was read and never takes call flows away.
 */
final class EmergencyGroupTarget implements RoutingTarget {

    private static final String PATH = "/api/v2/architect/emergencygroups/";

    private final EmergencyConnector genesys;
    private final String id;

    EmergencyGroupTarget(EmergencyConnector genesys, String id) {
        this.genesys = genesys;
        this.id = id;
    }

    @Override
    public String name() {
        return "emergency-group/" + id;
    }

    @Override
    public Uni<Observed> read() {
        return genesys.emergencyGroup(id).map(EmergencyGroupTarget::observed);
    }

    /** The version changes with every change of whatever field, and never goes back as a clock may. */
    private static Observed observed(JsonNode wire) {
        Routing routing = EmergencyGroups.isEnabled(wire) ? new Routing(true, List.of(), 0) : Routing.INACTIVE;
        return Observed.of(routing, wire.path("version").asText(""), wire);
    }

    @Override
    public Routing able(Routing wanted) {
        return new Routing(wanted.active(), List.of(), 0);
    }

    @Override
    public Change change(Routing wanted, String reason, Observed preflight) {
        return new Change("PUT", PATH + id, EmergencyGroups.switched(preflight.wire(), wanted.active()));
    }

    @Override
    public Uni<Void> apply(Change change) {
        return genesys.putEmergencyGroup(id, change.body()).replaceWithVoid();
    }
}
