package io.incidentbridge.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/** Do incidents reach the bridge, and do they move their callers? The rules are those of {@link BridgeMetrics}. */
@ApplicationScoped
public class WebhookMetrics {

    /** The goal is a second; a crowd that waits for Genesys' budget takes minutes. */
    private static final Duration[] PRIORITY_BOUNDS = LongStream.of(100, 250, 500, 1000, 2500, 10_000, 60_000, 300_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final MeterRegistry registry;

    WebhookMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * {@code bridge_webhook_total}: who sends webhooks, and are they signed? Sources: servicenow, pagerduty, jira; outcomes:
     * accepted, duplicate, stale, unreadable, and refused ones: unsigned (for a sender that is set up), unknown (for a name
     * that is not), too_large, overloaded.
     */
    public void webhook(String source, String outcome) {
        Counter.builder("bridge.webhook")
                .description("Webhooks by outcome")
                .tag("source", source)
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }

    /**
     * {@code bridge_inbox_seconds}: how long after it was accepted is a webhook applied, and is anything parked? Outcomes:
     * applied, ignored (no matter of the bridge), retried (once for each failed attempt), parked (an operator is needed).
     */
    public void inbox(String source, String outcome, Duration age) {
        Timer.builder("bridge.inbox")
                .description("Accepted webhooks by what became of them")
                .tag("source", source)
                .tag("outcome", outcome)
                .register(registry)
                .record(age.isNegative() ? Duration.ZERO : age);
    }

    /** {@code bridge_inbox_backlog}: how many accepted webhooks were not applied yet at the last look? */
    public void inboxBacklog(String source, Supplier<Number> backlog) {
        Gauge.builder("bridge.inbox.backlog", backlog)
                .description("Accepted webhooks that are not applied yet")
                .tag("source", source)
                .register(registry);
    }

    /**
     * {@code bridge_priority_seconds}: how long after an incident's event was accepted is its caller's call raised? Outcomes:
     * raised, restored (Genesys has been told by then); unchanged (it has the right priority, or a higher one of others');
     * not_waiting; remembered (the caller is not on the phone); unconcerned (the incident raises nobody).
     */
    public void priority(String outcome, Duration age) {
        Timer.builder("bridge.priority")
                .description("Incidents' events by what they did to their callers' calls")
                .tag("outcome", outcome)
                .serviceLevelObjectives(PRIORITY_BOUNDS)
                .register(registry)
                .record(age.isNegative() ? Duration.ZERO : age);
    }
}
