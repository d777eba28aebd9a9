package io.incidentbridge.emergency;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.incidentbridge.emergency.OpsAnswers.PlannedChange;
import io.incidentbridge.emergency.target.Change;
import io.incidentbridge.emergency.target.Observed;
import io.incidentbridge.emergency.target.Routing;
import io.incidentbridge.emergency.target.RoutingTarget;
import io.incidentbridge.itsm.ConnectorException;
import io.incidentbridge.itsm.Failures;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** What a pass would send now: the same reading, the same decision and the same request, but nothing is written. */
@ApplicationScoped
class EmergencyPlan {

    private final EmergencyStore store;
    private final EmergencyTargets targets;
    private final EmergencyConfig config;

    EmergencyPlan(EmergencyStore store, EmergencyTargets targets, EmergencyConfig config) {
        this.store = store;
        this.targets = targets;
        this.config = config;
    }

    /** @param override as if it held; empty for what holds */
    Uni<List<PlannedChange>> of(String group, Optional<Forced> override) {
        EmergencyConfig.Group settings = config.groups().get(group);
        return store.snapshot(group).flatMap(snapshot -> {
            Snapshot supposed = override.isPresent() ? snapshot.with(override) : snapshot;
            DesiredRouting desired = EmergencyPolicy.desired(supposed, settings.priority());
            List<Uni<PlannedChange>> plans = targets.of(group).stream()
                    .map(target -> plan(target, desired, supposed, settings.drift()))
                    .toList();
            return Uni.join().all(plans).andFailFast();
        });
    }

    private static Uni<PlannedChange> plan(
            RoutingTarget target, DesiredRouting desired, Snapshot snapshot, EmergencyConfig.Drift drift) {
        return target.read()
                .map(observed -> planned(target, desired, observed, snapshot, drift))
                .onFailure()
                .recoverWithItem(failure -> nothing(
                        target,
                        "FAILED",
                        "",
                        Failures.of(target.name(), failure).getMessage()));
    }

    private static PlannedChange planned(
            RoutingTarget target,
            DesiredRouting desired,
            Observed observed,
            Snapshot snapshot,
            EmergencyConfig.Drift drift) {
        Routing wanted = target.able(desired.routing());
        EmergencyPolicy.Step step = EmergencyPolicy.decide(
                wanted, observed, snapshot.known(target.name()), snapshot.isSent(target.name()), drift);
        String seen = observed.state().name();
        return switch (step) {
            case HOLD, LEAVE, AWAIT -> nothing(target, step.name(), seen, "");
            case APPLY, REPAIR -> {
                try {
                    Change change = target.change(wanted, desired.words(), observed);
                    yield new PlannedChange(
                            target.name(), step.name(), seen, "", change.method(), change.path(), change.body());
                } catch (ConnectorException harmful) {
                    yield nothing(target, "FAILED", seen, harmful.getMessage());
                }
            }
        };
    }

    private static PlannedChange nothing(RoutingTarget target, String step, String seen, String reason) {
        return new PlannedChange(target.name(), step, seen, reason, "", "", JsonNodeFactory.instance.objectNode());
    }
}
