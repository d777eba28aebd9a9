package io.incidentbridge.outage;

import io.incidentbridge.audit.AuditTrail;
import io.incidentbridge.itsm.ClientBreakers;
import io.incidentbridge.metrics.OutageMetrics;
import io.incidentbridge.outage.OutageState.Why;
import io.incidentbridge.outage.OutageStore.Look;
import io.incidentbridge.servicenow.ServiceNowConnector;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/** All topics' states: this replica's copy of them, and their changes with their traces. */
@ApplicationScoped
class OutageStates {

    private static final Logger LOG = Logger.getLogger(OutageStates.class);

    private final OutageStore store;
    private final OutageConfig config;
    private final BooleanSupplier down;
    private final AuditTrail audit;
    private final OutageMetrics metrics;
    private volatile OutageCopy copy = OutageCopy.NOTHING;
    private Uni<OutageCopy> reading;

    @Inject
    OutageStates(
            OutageStore store, OutageConfig config, ClientBreakers breakers, AuditTrail audit, OutageMetrics metrics) {
        this(
                store,
                config,
                () -> breakers.isDown(
                        ServiceNowConnector.VENDOR, config.global().breakerOpen()),
                audit,
                metrics);
    }

    OutageStates(
            OutageStore store, OutageConfig config, BooleanSupplier down, AuditTrail audit, OutageMetrics metrics) {
        this.store = store;
        this.config = config;
        this.down = down;
        this.audit = audit;
        this.metrics = metrics;
    }

    /** What this replica knew last, however old. */
    OutageCopy lastKnown() {
        return copy;
    }

    /** The copy, read again first when it is too old; all askers share one reading. */
    Uni<OutageCopy> current() {
        OutageCopy known = copy;
        return known.isYoungerThan(config.copyAge()) ? Uni.createFrom().item(known) : shared();
    }

    private synchronized Uni<OutageCopy> shared() {
        if (reading == null) {
            reading = look().map(seen -> copy)
                    .onTermination()
                    .invoke(this::read)
                    .memoize()
                    .indefinitely();
        }
        return reading;
    }

    private synchronized void read() {
        reading = null;
    }

    /** All topics as Redis has them now; renews the copy and tells how this replica fares. */
    Uni<Look> look() {
        return Uni.createFrom().deferred(() -> {
            long asked = System.nanoTime();
            return store.look(down.getAsBoolean()).invoke(seen -> renew(seen, asked));
        });
    }

    /** Two may be under way at once; the one that was asked for later knows better. */
    private synchronized void renew(Look seen, long asked) {
        if (copy.asked() == null || asked - copy.asked() >= 0) {
            copy = copy.renewed(seen, asked);
        }
    }

    /** Writes back what Redis has lost, unless another replica was there first, and learns how it stands. */
    Uni<Void> restore(OutageState lost) {
        return store.change(null, lost.withRevision(0), null)
                .invoke(restored -> LOG.warnf(
                        "outage state was lost in Redis topic=%s state=%s restored=%s",
                        lost.topic(), lost.mode(), restored))
                .flatMap(done -> store.read(lost.topic()))
                .invoke(state -> copy = copy.with(state))
                .replaceWithVoid();
    }

    /**
     * Stores a change and leaves its traces.
     *
     * @param why what the change is put down to
     * @return false when another replica's change was there first
     */
    Uni<Boolean> change(OutageState before, OutageState after, Why why, Instant now) {
        boolean dryRun = config.operation() != OutageConfig.Operation.ENFORCE && !after.held();
        boolean told = before.mode() != after.mode()
                || before.held() != after.held()
                || !before.master().equals(after.master());
        Transition transition = told ? Transition.of(before, after, why, now, dryRun) : null;
        return store.change(before, after, transition)
                .call(stored -> stored && told
                        ? tell(before, after, transition)
                        : Uni.createFrom().voidItem());
    }

    private Uni<Void> tell(OutageState before, OutageState after, Transition transition) {
        LOG.warnf(
                "outage changed topic=%s state=%s before=%s reason=%s %s held=%s outage=%s dryRun=%s",
                after.topic(),
                after.mode(),
                before.mode(),
                transition.cause(),
                transition.detail(),
                after.held(),
                transition.outageId(),
                transition.dryRun());
        metrics.transition(
                after.isGlobal() ? "global" : "topic",
                after.mode().name(),
                transition.cause().name());
        return audit.tell(new AuditTrail.Entry(
                transition.actor(),
                transition.dryRun() ? "outage.would-change" : "outage.changed",
                "outage/" + after.topic(),
                told(before, "", ""),
                told(after, transition.cause().name(), transition.detail()),
                ""));
    }

    private static Map<String, String> told(OutageState state, String cause, String detail) {
        return Map.of(
                "mode", state.mode().name(),
                "cause", cause,
                "detail", detail,
                "held", Boolean.toString(state.held()),
                "until", state.heldUntil() == null ? "" : state.heldUntil().toString(),
                "outage", state.outageId(),
                "master", state.master().number());
    }
}
