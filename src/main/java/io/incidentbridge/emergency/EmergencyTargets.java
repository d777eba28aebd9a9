package io.incidentbridge.emergency;

import io.incidentbridge.emergency.target.RoutingTarget;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What is switched in Genesys, by group, and the check of the credential that does it. */
final class EmergencyTargets {

    private final Map<String, List<RoutingTarget>> byGroup;
    private final Supplier<Uni<Void>> tokenAlive;

    EmergencyTargets(Map<String, List<RoutingTarget>> byGroup, Supplier<Uni<Void>> tokenAlive) {
        this.byGroup = Map.copyOf(byGroup);
        this.tokenAlive = tokenAlive;
    }

    List<RoutingTarget> of(String group) {
        return byGroup.get(group);
    }

    /** Fails when Genesys does not accept the emergency flow's token, nor a fresh one. */
    Uni<Void> tokenAlive() {
        return tokenAlive.get();
    }
}
