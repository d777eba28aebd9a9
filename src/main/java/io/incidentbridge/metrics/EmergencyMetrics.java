package io.incidentbridge.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/** Does Genesys route as the open incidents demand? The rules are those of {@link BridgeMetrics}. */
@ApplicationScoped
public class EmergencyMetrics {

    private static final Duration[] TRANSITION_BOUNDS = LongStream.of(
                    50, 100, 250, 500, 1000, 2000, 5000, 10_000, 30_000, 120_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final MeterRegistry registry;

    EmergencyMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * {@code bridge_emergency_events_total}: what do sources and operators tell of incidents, and does it change anything?
     * Kinds: ACTIVATE, REOPEN, REOPEN_WITHDRAWN, MOVE, MOVE_WITHDRAWN, WITHDRAW, RESOLVE, OVERRIDE, EXTEND, EXPIRE.
     */
    public void event(String kind, boolean changed) {
        Counter.builder("bridge.emergency.events")
                .description("Events about incidents that hold an emergency")
                .tag("kind", kind)
                .tag("changed", Boolean.toString(changed))
                .register(registry)
                .increment();
    }

    /**
     * {@code bridge_emergency_pass_total}: is Genesys as desired? Results: IN_SYNC, REPAIRED (somebody else had changed it),
     * DRIFTED (and it is left so), APPLYING (not yet), FAILED (Genesys refuses), stale (written by a replica that had been
     * frozen; repaired by the next pass). Groups and targets are those of the configuration.
     */
    public void pass(String group, String target, String result) {
        Counter.builder("bridge.emergency.pass")
                .description("Results of reconciling a target in Genesys")
                .tag("group", group)
                .tag("target", target)
                .tag("result", result)
                .register(registry)
                .increment();
    }

    /** {@code bridge_emergency_alerts_total}: how often did Genesys differ for longer than bridge.emergency.alert-after? */
    public void alert(String group) {
        Counter.builder("bridge.emergency.alerts")
                .description("Times that Genesys was not as desired for too long")
                .tag("group", group)
                .register(registry)
                .increment();
    }

    /**
     * {@code bridge_emergency_transition_seconds}: how long from an accepted change to Genesys read back as desired? Upper
     * bounds of its buckets, in ms: 50, 100, 250, 500, 1000, 2000, 5000, 10000, 30000, 120000.
     */
    public void transition(String group, boolean active, Duration took) {
        Timer.builder("bridge.emergency.transition")
                .description("From an accepted change to Genesys as desired")
                .tag("group", group)
                .tag("active", Boolean.toString(active))
                .serviceLevelObjectives(TRANSITION_BOUNDS)
                .register(registry)
                .record(took.isNegative() ? Duration.ZERO : took);
    }

    /**
     * {@code bridge_emergency_active}, {@code bridge_emergency_unsettled_seconds}, {@code bridge_emergency_claims}: is an
     * emergency desired, for how long has Genesys differed from what is desired, and how many incidents are open? As the
     * replica last read them from Redis.
     */
    public void gauges(String group, Supplier<Number> active, Supplier<Number> unsettled, Supplier<Number> claims) {
        Gauge.builder("bridge.emergency.active", active)
                .description("1 while an emergency is desired")
                .tag("group", group)
                .register(registry);
        Gauge.builder("bridge.emergency.unsettled.seconds", unsettled)
                .description("How long Genesys has not been as desired; 0 while it is")
                .tag("group", group)
                .register(registry);
        Gauge.builder("bridge.emergency.claims", claims)
                .description("Open incidents that hold the emergency")
                .tag("group", group)
                .register(registry);
    }

    /**
     * {@code bridge_emergency_side_work_total}: are the queues observed, caches busted and sources asked during an emergency?
     * Work: observe, bust, source; outcomes: done, failed, and diverged where a source knows of an end that the bridge was
     * not told.
     */
    public void sideWork(String work, String outcome) {
        Counter.builder("bridge.emergency.side.work")
                .description("Work beside the switching during an emergency")
                .tag("work", work)
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }
}
