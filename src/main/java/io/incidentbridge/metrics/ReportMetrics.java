package io.incidentbridge.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;

/** Metrics of reports and of the audit of phone incidents. */
@ApplicationScoped
public class ReportMetrics {

    private final MeterRegistry registry;

    ReportMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * {@code bridge_report_counts_total}: can reports be trusted? Outcomes: added (to the shared counts), lost (too many waited
     * for Redis).
     */
    public void counts(String outcome, long counts) {
        Counter.builder("bridge.report.counts")
                .description("What was counted for reports, by whether the shared counts have it")
                .tag("outcome", outcome)
                .register(registry)
                .increment(counts);
    }

    /**
     * {@code bridge_integrity_audits_total}: are phone incidents still looked through? Outcomes: clean, found (some belong to no
     * conversation), failed (ServiceNow or Redis was away).
     */
    public void integrityAudit(String outcome) {
        Counter.builder("bridge.integrity.audits")
                .description("Scheduled looks for phone incidents without a conversation")
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }

    /** {@code bridge_integrity_incidents_total}: how many phone incidents belong to no conversation? Kinds: linked, unlinked. */
    public void integrityIncidents(String kind, long incidents) {
        Counter.builder("bridge.integrity.incidents")
                .description("Phone incidents seen by the scheduled audit, each once")
                .tag("kind", kind)
                .register(registry)
                .increment(incidents);
    }
}
