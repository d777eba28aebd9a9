package io.incidentbridge.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** Is catastrophe mode on, why, and what does it spare? The rules are those of {@link BridgeMetrics}. */
@ApplicationScoped
public class OutageMetrics {

    private final MeterRegistry registry;

    OutageMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * {@code bridge_outage_topics}: is catastrophe mode on? Topics by state: open, half_open; the service desk as a whole
     * counts as one. What this replica knows.
     */
    public <S extends Enum<S>> void topics(List<S> states, ToLongFunction<S> topics) {
        states.forEach(state -> Gauge.builder("bridge.outage.topics", () -> topics.applyAsLong(state))
                .description("Topics in catastrophe mode")
                .tag("state", state.name().toLowerCase(Locale.ROOT))
                .register(registry));
    }

    /**
     * {@code bridge_outage_transitions_total}: what turns catastrophe mode on and off? Scopes: topic, global; to: OPEN,
     * HALF_OPEN, CLOSED (the same as before when an operator holds or releases it); causes: NONE, SURGE, UNUSUAL_SURGE,
     * VENDOR_REFUSALS, CLIENT_BREAKER, BACKLOG_AGE, BACKLOG_DEPTH, OPERATOR, ANNOUNCED, MASTER_RESOLVED, CALM.
     */
    public void transition(String scope, String to, String cause) {
        Counter.builder("bridge.outage.transitions")
                .description("Changes of the outage breaker, made by this replica")
                .tag("scope", scope)
                .tag("to", to)
                .tag("cause", cause)
                .register(registry)
                .increment();
    }

    /**
     * {@code bridge_outage_decisions_total}: how many calls were spared a ticket? Modes: NORMAL, CATASTROPHE, RECOVERING;
     * decisions: ticket, noted.
     */
    public void decision(String mode, String decision) {
        Counter.builder("bridge.outage.decisions")
                .description("Wrapped-up calls by mode and what became of them")
                .tag("mode", mode)
                .tag("decision", decision)
                .register(registry)
                .increment();
    }

    /** {@code bridge_outage_mirror_total}: do flows read the right mode? Rows written to Genesys; outcomes: ok, failed. */
    public void mirror(String outcome) {
        Counter.builder("bridge.outage.mirror")
                .description("Rows of topics written to the data table")
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }
}
