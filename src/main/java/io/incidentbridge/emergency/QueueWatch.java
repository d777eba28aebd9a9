package io.incidentbridge.emergency;

import io.incidentbridge.genesys.EmergencyConnector;
import io.incidentbridge.genesys.QueueObservation;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Observes the queues that take emergency calls, one replica at a time, and only during an emergency. */
@ApplicationScoped
class QueueWatch {

    private final EmergencyStore store;
    private final EmergencyConnector genesys;
    private final EmergencyConfig config;

    QueueWatch(EmergencyStore store, EmergencyConnector genesys, EmergencyConfig config) {
        this.store = store;
        this.genesys = genesys;
        this.config = config;
    }

    /** Whether it was this replica's turn. */
    Uni<Boolean> observe(String group, Snapshot snapshot, DesiredRouting desired) {
        List<String> queueIds = desired.routing().queueIds();
        boolean known = snapshot.queues().byId().keySet().containsAll(queueIds);
        if (known && snapshot.queues().at().plus(config.observeEvery()).isAfter(snapshot.now())) {
            return Uni.createFrom().item(false);
        }
        return store.trySlot(group, "observe", config.observeEvery())
                .flatMap(ours -> ours
                        ? genesys.observations(queueIds)
                                .flatMap(
                                        found -> store.queues(group, new Snapshot.Queues(snapshot.now(), loads(found))))
                                .replaceWith(true)
                        : Uni.createFrom().item(false));
    }

    private static Map<String, QueueLoad> loads(List<QueueObservation> found) {
        return found.stream()
                .collect(Collectors.toMap(
                        QueueObservation::queueId,
                        queue -> new QueueLoad(queue.idleAgents(), queue.busyAgents(), queue.waiting())));
    }
}
