package io.incidentbridge.outage;

import io.incidentbridge.itsm.IncidentEvent;
import io.incidentbridge.itsm.IncidentListener;
import io.incidentbridge.itsm.IncidentRules;
import io.incidentbridge.outage.OutageState.Mode;
import io.incidentbridge.outage.OutageState.Why;
import io.incidentbridge.servicenow.ServiceNowConnector;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Incidents that announce an outage open its topic ({@code bridge.incidents.outages}), and a master incident that is resolved
 * lets its topic recover. An event that is older than the topic's state changes nothing.
 */
@ApplicationScoped
class OutageEvents implements IncidentListener {

    private final IncidentRules rules;
    private final Topics topics;
    private final OutageStates states;
    private final OutageOperation operation;
    private final OutagePolicy policy;
    private final MasterWatch watch;
    private final OutageConfig config;

    OutageEvents(
            IncidentRules rules,
            Topics topics,
            OutageStates states,
            OutageOperation operation,
            MasterWatch watch,
            OutageConfig config) {
        this.rules = rules;
        this.topics = topics;
        this.states = states;
        this.operation = operation;
        this.policy = new OutagePolicy(config);
        this.watch = watch;
        this.config = config;
    }

    @Override
    public Uni<Void> on(IncidentEvent event) {
        if (config.operation() == OutageConfig.Operation.OFF) {
            return Uni.createFrom().voidItem();
        }
        return switch (event.kind()) {
            case OPENED, REOPENED -> announced(event);
            case RESOLVED -> resolved(event);
            case UPDATED, PRIORITY_CHANGED, STATUS_CHANGED -> Uni.createFrom().voidItem();
        };
    }

    private Uni<Void> announced(IncidentEvent event) {
        String topic = rules.outageTopic(event).map(topics::named).orElse("");
        if (topic.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Why why = new Why(Cause.ANNOUNCED, event.source() + " " + event.key(), OutageState.BRIDGE);
        return operation
                .change(
                        topic,
                        why,
                        (state, now) -> state.held()
                                        || state.mode() != Mode.CLOSED
                                        || state.revision() > 0 && !event.at().isAfter(state.since())
                                ? state
                                : policy.onTrip(state, why, null, now))
                .replaceWithVoid();
    }

    private Uni<Void> resolved(IncidentEvent event) {
        if (!event.source().equals(ServiceNowConnector.VENDOR)) {
            return Uni.createFrom().voidItem();
        }
        return states.look().flatMap(seen -> {
            List<Uni<Void>> over = seen.sights().stream()
                    .map(OutageStore.Sight::state)
                    .filter(state ->
                            state.mode() == Mode.OPEN && state.master().sysId().equals(event.key()))
                    .map(state -> watch.resolved(state.topic(), state.outageId(), state.master()))
                    .toList();
            return over.isEmpty()
                    ? Uni.createFrom().voidItem()
                    : Uni.join().all(over).andFailFast().replaceWithVoid();
        });
    }
}
