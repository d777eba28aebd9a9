package io.incidentbridge.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What the flows share: tickets and the work that waits, vendors and their budgets, Redis, the audit trail, clients. Like
 * every class of this package each metric says the question it answers, and no label ever carries a number, an id or a name
 * of a person; values of labels are enumerations.
 */
@ApplicationScoped
public class BridgeMetrics {

    private final MeterRegistry registry;
    private final PeriodCounts periods = new PeriodCounts(Clock.systemUTC());
    // Kept, as every lookup counts these several times: to find a meter in the registry costs more than to count.
    private final Map<String, Timer> redisCommands = new ConcurrentHashMap<>();
    private final Map<List<String>, Counter> budgetRequests = new ConcurrentHashMap<>();
    private final Map<List<String>, Counter> inboundRequests = new ConcurrentHashMap<>();

    BridgeMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** What is counted for reports, too. */
    public PeriodCounts periods() {
        return periods;
    }

    /**
     * {@code bridge_incident_writes_total}: do tickets reach ServiceNow? Operations: create, update; outcomes: ok (written,
     * or there already), redis_away, and the reasons of failures: unreachable, unknown_outcome, vendor_fault, rate_limited,
     * breaker_open, unauthenticated, forbidden, not_found, conflict,
     * rejected.
     */
    public void incidentWrite(String operation, String outcome) {
        Counter.builder("bridge.incident.writes")
                .description("Creates and updates of incidents by outcome")
                .tag("operation", operation)
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }

    /**
     * {@code bridge_outbox_attempts_total}: how much accepted work is done, and how often does it take more than one try?
     * Outcomes: DONE, RETRY (failed for now), WAIT (no budget, pause, open breaker), DEAD (a dead letter). The rate of DONE is
     * the throughput.
     */
    public void outboxAttempt(String kind, String outcome) {
        Counter.builder("bridge.outbox.attempts")
                .description("Attempts at accepted work by outcome")
                .tag("kind", kind)
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }

    /**
     * {@code bridge_outbox_depth}, {@code bridge_outbox_oldest_seconds}, {@code bridge_outbox_dead_letters}: does accepted
     * work pile up, how long does it wait, and does somebody have to look? Of all replicas together; each counts the same.
     */
    public void outboxGauges(String kind, Supplier<Number> depth, Supplier<Number> oldest, Supplier<Number> dead) {
        Gauge.builder("bridge.outbox.depth", depth)
                .description("Accepted work that is not done yet")
                .tag("kind", kind)
                .register(registry);
        Gauge.builder("bridge.outbox.oldest.seconds", oldest)
                .description("Age of the oldest accepted work that is not done yet")
                .tag("kind", kind)
                .register(registry);
        Gauge.builder("bridge.outbox.dead.letters", dead)
                .description("Work that waits for an operator's decision")
                .tag("kind", kind)
                .register(registry);
    }

    /** {@code bridge_wrapup_total}: what were agents told? Status: CREATED, UPDATED, DEFERRED, NOTED, FAILED. */
    public void wrapUp(String status) {
        Counter.builder("bridge.wrapup")
                .description("Answers to wrap-ups that were taken")
                .tag("status", status)
                .register(registry)
                .increment();
    }

    /** Lookups that this replica has answered since it started. */
    public long lookups() {
        return registry.find("bridge.lookup").timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }

    /** Wrap-ups that this replica has answered since it started, by the status that agents were told. */
    public Map<String, Long> wrapUps() {
        return registry.find("bridge.wrapup").counters().stream()
                .collect(Collectors.toMap(
                        counter -> counter.getId().getTag("status"), counter -> (long) counter.count(), Long::sum));
    }

    /** {@code bridge_wrapup_spooled}: does this replica keep wrap-ups that Redis does not have? */
    public void wrapUpsSpooled(Supplier<Number> waiting) {
        Gauge.builder("bridge.wrapup.spooled", waiting)
                .description("Wrap-ups on this replica's disk that wait for Redis")
                .register(registry);
    }

    /** {@code bridge_vendor_rows_not_asked_for_total}: did a vendor ignore part of a query? */
    public void rowsNotAskedFor(String vendor, String table, int rows) {
        if (rows > 0) {
            Counter.builder("bridge.vendor.rows.not.asked.for")
                    .description("Rows that did not match the query they were the answer to")
                    .tag("vendor", vendor)
                    .tag("table", table)
                    .register(registry)
                    .increment(rows);
        }
    }

    /**
     * {@code bridge_redis_command_seconds}: is Redis answering, how fast, and how does it fail? Outcomes: ok, refused (an
     * error of this command), not_run, timed_out, lost, away (not sent, as Redis is known to be away).
     */
    public void redisCommand(String outcome, Duration took) {
        redisCommands
                .computeIfAbsent(outcome, first -> Timer.builder("bridge.redis.command")
                        .description("Redis commands by outcome")
                        .tag("outcome", outcome)
                        .register(registry))
                .record(took);
    }

    /** {@code bridge_redis_breaker}: are commands sent (closed), or do they fail at once? 1 for the current state. */
    public <S extends Enum<S>> void redisBreaker(List<S> states, Supplier<S> current) {
        states.forEach(state -> Gauge.builder("bridge.redis.breaker", () -> current.get() == state ? 1 : 0)
                .description("State of the local breaker on Redis")
                .tag("state", state.name().toLowerCase(Locale.ROOT))
                .register(registry));
    }

    /**
     * {@code bridge_client_breaker}: are calls to a vendor sent (closed), or do they fail at once, as it is known not to
     * answer (open)? 1 for the current state. Without calls an open breaker stays open.
     */
    public <S extends Enum<S>> void clientBreaker(String upstream, String call, List<S> states, Supplier<S> current) {
        states.forEach(state -> Gauge.builder("bridge.client.breaker", () -> current.get() == state ? 1 : 0)
                .description("State of the client breaker on one kind of call to a vendor")
                .tag("upstream", upstream)
                .tag("call", call)
                .tag("state", state.name().toLowerCase(Locale.ROOT))
                .register(registry));
    }

    /**
     * {@code bridge_idempotency_total}: how often do clients repeat themselves, and how does it end? Outcomes: run, resume,
     * replay, busy, other_payload, too_large, lost (an owner took longer than its claim).
     */
    public void idempotency(String outcome) {
        Counter.builder("bridge.idempotency")
                .description("Requests with an Idempotency-Key by outcome")
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }

    /**
     * {@code bridge_budget_requests_total}: does a vendor's budget suffice, and who goes without? Outcomes: admitted, refused,
     * and before either waited where there was no room at first; lanes: EMERGENCY, LOOKUP, TICKET, BACKGROUND.
     */
    public void budget(String upstream, String lane, String outcome) {
        periods.add("budget", upstream, lane, outcome);
        budgetRequests
                .computeIfAbsent(List.of(upstream, lane, outcome), first -> Counter.builder("bridge.budget.requests")
                        .description("Requests for room in a vendor's budget")
                        .tag("upstream", upstream)
                        .tag("lane", lane)
                        .tag("outcome", outcome)
                        .register(registry))
                .increment();
    }

    /** {@code bridge_budget_used_ratio}, {@code bridge_budget_paused}, {@code bridge_budget_alone}: is there room? */
    public void budgetGauges(String upstream, Supplier<Number> used, Supplier<Number> paused, Supplier<Number> alone) {
        Gauge.builder("bridge.budget.used.ratio", used)
                .description("Part of the fullest window in use when last asked, 0 to 1")
                .tag("upstream", upstream)
                .register(registry);
        Gauge.builder("bridge.budget.paused", paused)
                .description("1 while the vendor has asked to be left alone")
                .tag("upstream", upstream)
                .register(registry);
        Gauge.builder("bridge.budget.alone", alone)
                .description("1 while this replica works on its own share, as Redis is away")
                .tag("upstream", upstream)
                .register(registry);
    }

    /**
     * {@code bridge_audit_entries_total}: is every change in the trail? Outcomes: stored, dropped (too many waited for Redis:
     * only the log has it).
     */
    public void audit(String outcome) {
        Counter.builder("bridge.audit.entries")
                .description("Audit entries by outcome")
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }

    /**
     * {@code bridge_audit_findings_total}: did somebody change the trail? Kinds: changed, missing, out_of_place, end,
     * checkpoint, rolled_back, unknown_key. Anything but silence needs a person.
     */
    public void auditFinding(String kind) {
        Counter.builder("bridge.audit.findings")
                .description("What verification of the audit trail found wrong")
                .tag("kind", kind)
                .register(registry)
                .increment();
    }

    /**
     * {@code bridge_audit_open_findings}: is something wrong with the trail that no operator has acknowledged? As this replica
     * last verified it, and what it has seen itself.
     */
    public void auditOpenFindings(Supplier<Number> open) {
        Gauge.builder("bridge.audit.open.findings", open)
                .description("Findings about the audit trail that nobody has acknowledged")
                .register(registry);
    }

    /**
     * {@code bridge_inbound_requests_total}: does a client ask more than it may? Outcomes: within, over (let through),
     * refused, unknown (Redis is away).
     */
    public void inbound(String operation, String outcome) {
        inboundRequests
                .computeIfAbsent(List.of(operation, outcome), first -> Counter.builder("bridge.inbound.requests")
                        .description("Requests by their limit")
                        .tag("operation", operation)
                        .tag("outcome", outcome)
                        .register(registry))
                .increment();
    }

    /** {@code bridge_authentication_failures_total}: does somebody try keys, or has a client been left with an old one? */
    public void authenticationFailed() {
        Counter.builder("bridge.authentication.failures")
                .description("Requests with credentials that were refused")
                .register(registry)
                .increment();
    }
}
