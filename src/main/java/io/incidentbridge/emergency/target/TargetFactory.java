package io.incidentbridge.emergency.target;

import io.incidentbridge.genesys.EmergencyConnector;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Makes targets from what configuration names. */
@ApplicationScoped
public class TargetFactory {

    private final EmergencyConnector genesys;
    private final Clock clock;

    TargetFactory(EmergencyConnector genesys, Clock clock) {
        this.genesys = genesys;
        this.clock = clock;
    }

    /**
     * @param id  of the emergency group or data table; not looked at for the emergency-routing endpoint
     * @param row key of the data table's row; looked at for nothing else
     */
    public RoutingTarget target(TargetKind kind, String id, String row) {
        return switch (kind) {
            case EMERGENCY_ROUTING -> new EmergencyRoutingApi(genesys);
            case EMERGENCY_GROUP -> new EmergencyGroupTarget(genesys, id);
            case DATA_TABLE -> new DataTableTarget(genesys, id, row, clock);
        };
    }
}
