package io.incidentbridge.emergency;

import io.incidentbridge.emergency.target.RoutingTarget;
import io.incidentbridge.emergency.target.TargetFactory;
import io.incidentbridge.genesys.EmergencyConnector;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The targets that configuration names. */
class EmergencyTargetsProducer {

    @Produces
    @Singleton
    EmergencyTargets targets(EmergencyConfig config, TargetFactory factory, EmergencyConnector genesys) {
        Map<String, List<RoutingTarget>> byGroup = config.groups().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, group -> targets(group.getKey(), group.getValue(), factory)));
        return new EmergencyTargets(byGroup, genesys::tokenAlive);
    }

    private static List<RoutingTarget> targets(String name, EmergencyConfig.Group group, TargetFactory factory) {
        return group.targets().stream()
                .map(target -> factory.target(
                        target.kind(), target.id().orElse(""), target.row().orElse(name)))
                .toList();
    }
}
