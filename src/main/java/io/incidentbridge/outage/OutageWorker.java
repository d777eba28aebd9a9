package io.incidentbridge.outage;

import io.incidentbridge.metrics.OutageMetrics;
import io.incidentbridge.outage.OutageState.Mode;
import io.incidentbridge.outage.OutageState.Why;
import io.incidentbridge.outage.OutageStore.Look;
import io.incidentbridge.outage.OutageStore.Sight;
import io.incidentbridge.outbox.OutboxBacklog;
import io.incidentbridge.ratelimit.UpstreamBudget;
import io.incidentbridge.servicenow.ServiceNowConnector;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Looks at the signals on every replica and makes the changes they call for; of several replicas one makes each. */
@ApplicationScoped
class OutageWorker {

    private static final Logger LOG = Logger.getLogger(OutageWorker.class);

    /** The kind of work in the outbox that ends in tickets. */
    private static final String TICKETS = "wrap-up";

    private final OutageStore store;
    private final OutageStates states;
    private final OutageConfig config;
    private final LongSupplier refusals;
    private final OutageMetrics metrics;
    private final OutagePolicy policy;
    private final RegularLook looks = new RegularLook("the outage signals", this::tick);
    private final Supplier<Uni<Waiting>> backlog;
    private Waiting waiting = new Waiting(0, 0);
    private long waitingAt = System.nanoTime() - Duration.ofDays(1).toNanos();
    private long refusalsTold;

    @Inject
    OutageWorker(
            OutageStore store,
            OutageStates states,
            OutageConfig config,
            UpstreamBudget budget,
            OutboxBacklog outbox,
            OutageMetrics metrics) {
        this(
                store,
                states,
                config,
                () -> budget.refusals(ServiceNowConnector.VENDOR),
                () -> Uni.combine()
                        .all()
                        .unis(outbox.olderThan(TICKETS, config.global().backlogAge()), outbox.waiting(TICKETS))
                        .with(Waiting::new),
                metrics);
    }

    OutageWorker(
            OutageStore store,
            OutageStates states,
            OutageConfig config,
            LongSupplier refusals,
            Supplier<Uni<Waiting>> backlog,
            OutageMetrics metrics) {
        this.store = store;
        this.states = states;
        this.config = config;
        this.refusals = refusals;
        this.backlog = backlog;
        this.metrics = metrics;
        this.policy = new OutagePolicy(config);
    }

    void start(@Observes StartupEvent started) {
        metrics.topics(
                List.of(Mode.OPEN, Mode.HALF_OPEN), mode -> states.lastKnown().topicsIn(mode));
        if (config.operation() != OutageConfig.Operation.OFF) {
            looks.start(config.tick());
        }
    }

    void stop(@Observes ShutdownEvent event) {
        looks.stop();
    }

    /** A tick out of turn, as a threshold may have been reached; one at a time on a replica. */
    void wake() {
        looks.wake();
    }

    Uni<Void> tick() {
        return telling(countWaiting())
                .flatMap(counted -> telling(tellRefusals()))
                .flatMap(told -> states.look())
                .call(this::restoreAll)
                .flatMap(this::driveAll)
                .flatMap(changed -> changed
                        ? states.look().replaceWithVoid()
                        : Uni.createFrom().voidItem());
    }

    /** In a cluster the outbox is on other nodes than the topics, which are looked after also without it. */
    private static <T> Uni<T> telling(Uni<T> signal) {
        return signal.onFailure()
                .invoke(failure -> LOG.debug("a signal of outages is missing", failure))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> restoreAll() {
        List<OutageState> lost = states.lastKnown().lost();
        return lost.isEmpty()
                ? Uni.createFrom().voidItem()
                : Uni.join()
                        .all(lost.stream().map(states::restore).toList())
                        .andFailFast()
                        .replaceWithVoid();
    }

    private Uni<Boolean> driveAll(Look seen) {
        List<Uni<Boolean>> changes =
                seen.sights().stream().map(sight -> drive(seen, sight)).toList();
        return Uni.join().all(changes).andFailFast().map(changed -> changed.contains(true));
    }

    private Uni<Void> countWaiting() {
        long now = System.nanoTime();
        if (now - waitingAt < config.global().backlogCheck().toNanos()) {
            return Uni.createFrom().voidItem();
        }
        waitingAt = now;
        return backlog.get().invoke(counted -> waiting = counted).replaceWithVoid();
    }

    /** What this replica was refused since it last told. */
    private Uni<Boolean> tellRefusals() {
        long now = refusals.getAsLong();
        return now == refusalsTold
                ? Uni.createFrom().item(false)
                : store.count(Topics.GLOBAL, now - refusalsTold, Long.MAX_VALUE).invoke(told -> refusalsTold = now);
    }

    private Uni<Boolean> drive(Look seen, Sight sight) {
        OutageState state = sight.state();
        OutageState next = policy.onSignals(state, signals(seen, sight), seen.now());
        return next.equals(state)
                ? Uni.createFrom().item(false)
                : states.change(state, next, why(state, next), seen.now());
    }

    private static Why why(OutageState before, OutageState after) {
        return before.held() && !after.held()
                ? Why.bridge(Cause.OPERATOR, "the time it was held for is over")
                : new Why(after.cause(), after.detail(), after.actor());
    }

    private Signals signals(Look seen, Sight sight) {
        return sight.state().isGlobal()
                ? new Signals(sight.count(), 0, seen.replicas(), seen.replicasDown(), waiting.old(), waiting.depth())
                : Signals.ofTopic(sight.count(), sight.baseline());
    }

    /** Conversations whose ticket has waited for too long, and all tickets that wait to be written. */
    record Waiting(long old, long depth) {}
}
