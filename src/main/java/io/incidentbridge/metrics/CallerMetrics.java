package io.incidentbridge.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;

/** Who calls, and are callers recognised? The rules are those of {@link BridgeMetrics}. */
@ApplicationScoped
public class CallerMetrics {

    /**
     * A hit of the cache (5 to 25 ms), the vendor's usual times (50 to 500), what the agent notices (1,000), the default
     * deadline (2,500) and the end of a Data Action's patience (4,000). Chosen by hand, as a percentile histogram costs some
     * 70 series per combination of labels.
     */
    private static final Duration[] LOOKUP_BOUNDS = LongStream.of(5, 10, 25, 50, 100, 250, 500, 1000, 2500, 4000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    // Kept, as in BridgeMetrics.
    private final Map<List<String>, Timer> lookups = new ConcurrentHashMap<>();
    private final Map<String, Counter> caches = new ConcurrentHashMap<>();

    CallerMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * {@code bridge_lookup_seconds}: how many callers were recognised, by what, and how long did the agent wait? Status:
     * FOUND, NOT_FOUND, AMBIGUOUS, UNAVAILABLE; matched_by: ani, employeeId or empty. Upper bounds of its buckets, in ms: 5,
     * 10, 25, 50, 100, 250, 500, 1000, 2500, 4000; an answer given at the default deadline is in the last.
     */
    public void lookup(String status, String matchedBy, boolean stale, Duration took) {
        lookups.computeIfAbsent(
                        List.of(status, matchedBy, Boolean.toString(stale)), first -> Timer.builder("bridge.lookup")
                                .description("Caller lookups by outcome")
                                .tag("status", status)
                                .tag("matched_by", matchedBy)
                                .tag("stale", Boolean.toString(stale))
                                .serviceLevelObjectives(LOOKUP_BOUNDS)
                                .register(registry))
                .record(took);
    }

    /**
     * {@code bridge_lookup_cache_total}: how many lookups cost ServiceNow nothing? Outcomes: fresh (answered from the
     * cache), load (asks ServiceNow), wait (another one asks; counted at every look), away (Redis is away).
     */
    public void cache(String outcome) {
        caches.computeIfAbsent(outcome, first -> Counter.builder("bridge.lookup.cache")
                        .description("Lookups by what the cache had")
                        .tag("outcome", outcome)
                        .register(registry))
                .increment();
    }

    /**
     * {@code bridge_enrolment_total}: how many callers will be recognised next time? Status: ENROLLED, ALREADY, REFUSED,
     * NOT_FOUND, DEFERRED.
     */
    public void enrolment(String status) {
        Counter.builder("bridge.enrolment")
                .description("Phone enrolments by outcome")
                .tag("status", status)
                .register(registry)
                .increment();
    }
}
