package io.incidentbridge.outage;

import io.incidentbridge.itsm.IncidentSource;
import io.incidentbridge.itsm.IncidentSource.Status;
import io.incidentbridge.outage.OutageState.Why;
import io.incidentbridge.servicenow.ServiceNowConnector;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Notices that an outage's master incident was resolved in ServiceNow: then single tickets are tried again. */
@ApplicationScoped
class MasterWatch {

    private static final Logger LOG = Logger.getLogger(MasterWatch.class);

    private final Optional<IncidentSource> source;
    private final OutageOperation operation;
    private final OutagePolicy policy;
    private final Duration every;
    private final Map<String, Long> looked = new ConcurrentHashMap<>();

    MasterWatch(@All List<IncidentSource> sources, OutageOperation operation, OutageConfig config) {
        this.source = sources.stream()
                .filter(one -> one.name().equals(ServiceNowConnector.VENDOR))
                .findFirst();
        this.operation = operation;
        this.policy = new OutagePolicy(config);
        this.every = config.master().check();
    }

    /** Reads the master's status now and then while the outage goes on; a status that cannot be read is as it was. */
    Uni<Void> look(OutageRecord outage, Master master) {
        if (outage.isOver() || source.isEmpty() || !isDue(outage.id())) {
            return Uni.createFrom().voidItem();
        }
        return source.get()
                .status(master.sysId())
                .flatMap(status -> status == Status.RESOLVED
                        ? resolved(outage.topic(), outage.id(), master)
                        : Uni.createFrom().voidItem())
                .onFailure()
                .invoke(failure -> LOG.debugf("master not read incidentKey=%s reason=%s", master.number(), failure))
                .onFailure()
                .recoverWithNull();
    }

    /** Whether the master is resolved by now; false also when it cannot be read, or was read a moment ago. */
    Uni<Boolean> isResolved(OutageRecord outage, Master master) {
        return source.isEmpty() || !isDue(outage.id())
                ? Uni.createFrom().item(false)
                : source.get()
                        .status(master.sysId())
                        .map(Status.RESOLVED::equals)
                        .onFailure()
                        .invoke(failure ->
                                LOG.debugf("master not read incidentKey=%s reason=%s", master.number(), failure))
                        .onFailure()
                        .recoverWithItem(false);
    }

    /** The master is resolved, whoever told. */
    Uni<Void> resolved(String topic, String outage, Master master) {
        return operation
                .change(
                        topic,
                        Why.bridge(Cause.MASTER_RESOLVED, master.number()),
                        (state, now) -> state.outageId().equals(outage)
                                ? policy.onMasterResolved(
                                        state, Why.bridge(Cause.MASTER_RESOLVED, master.number()), now)
                                : state)
                .replaceWithVoid();
    }

    private boolean isDue(String outage) {
        long now = System.nanoTime();
        looked.values().removeIf(at -> now - at > 2 * every.toNanos());
        Long last = looked.get(outage);
        if (last != null && now - last < every.toNanos()) {
            return false;
        }
        looked.put(outage, now);
        return true;
    }
}
