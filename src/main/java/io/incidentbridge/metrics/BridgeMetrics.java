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
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;

/**
 * Every metric of the bridge's own, with the question it answers. No label ever carries a number, an id or a name of a
 * person; values of labels are enumerations.
 */
@ApplicationScoped
public class BridgeMetrics {

    /**
     * A hit of the cache (5 to 25 ms), the vendor's usual times (50 to 500), what the agent notices (1,000), the default
     * deadline (2,500) and the end of a Data Action's patience (4,000). Chosen by hand, as a percentile histogram costs some
     * 70 series per combination of labels.
     */
    private static final Duration[] LOOKUP_BOUNDS = LongStream.of(5, 10, 25, 50, 100, 250, 500, 1000, 2500, 4000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    /** The goal is a second; a crowd that waits for Genesys' budget takes minutes. */
    private static final Duration[] PRIORITY_BOUNDS = LongStream.of(100, 250, 500, 1000, 2500, 10_000, 60_000, 300_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private static final Duration[] TRANSITION_BOUNDS = LongStream.of(
                    50, 100, 250, 500, 1000, 2000, 5000, 10_000, 30_000, 120_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final PeriodCounts periods = new PeriodCounts(Clock.systemUTC());

    BridgeMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** What is counted for reports, too. */
    public PeriodCounts periods() {
        return periods;
    }

    /**
     * {@code bridge_lookup_seconds}: how many callers were recognised, by what, and how long did the agent wait? Status:
     * FOUND, NOT_FOUND, AMBIGUOUS, UNAVAILABLE; matched_by: ani, employeeId or empty. Upper bounds of its buckets, in ms: 5,
     * 10, 25, 50, 100, 250, 500, 1000, 2500, 4000; an answer given at the default deadline is in the last.
     */
    public void lookup(String status, String matchedBy, boolean stale, Duration took) {
        Timer.builder("bridge.lookup")
                .description("Caller lookups by outcome")
                .tag("status", status)
                .tag("matched_by", matchedBy)
                .tag("stale", Boolean.toString(stale))
                .serviceLevelObjectives(LOOKUP_BOUNDS)
                .register(registry)
                .record(took);
    }

    /**
     * {@code bridge_lookup_cache_total}: how many lookups cost ServiceNow nothing? Outcomes: fresh (answered from the
     * cache), load (asks ServiceNow), wait (another one asks; counted at every look), away (Redis is away).
     */
    public void cache(String outcome) {
        Counter.builder("bridge.lookup.cache")
                .description("Lookups by what the cache had")
                .tag("outcome", outcome)
                .register(registry)
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
        Timer.builder("bridge.redis.command")
                .description("Redis commands by outcome")
                .tag("outcome", outcome)
                .register(registry)
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
     * {@code bridge_outage_topics}: is catastrophe mode on? Topics by state: open, half_open; the service desk as a whole
     * counts as one. What this replica knows.
     */
    public <S extends Enum<S>> void outages(List<S> states, ToLongFunction<S> topics) {
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
    public void outageTransition(String scope, String to, String cause) {
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
    public void outageDecision(String mode, String decision) {
        Counter.builder("bridge.outage.decisions")
                .description("Wrapped-up calls by mode and what became of them")
                .tag("mode", mode)
                .tag("decision", decision)
                .register(registry)
                .increment();
    }

    /** {@code bridge_outage_mirror_total}: do flows read the right mode? Rows written to Genesys; outcomes: ok, failed. */
    public void outageMirror(String outcome) {
        Counter.builder("bridge.outage.mirror")
                .description("Rows of topics written to the data table")
                .tag("outcome", outcome)
                .register(registry)
                .increment();
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
        Counter.builder("bridge.budget.requests")
                .description("Requests for room in a vendor's budget")
                .tag("upstream", upstream)
                .tag("lane", lane)
                .tag("outcome", outcome)
                .register(registry)
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
     * {@code bridge_inbound_requests_total}: does a client ask more than it may? Outcomes: within, over (let through),
     * refused, unknown (Redis is away).
     */
    public void inbound(String operation, String outcome) {
        Counter.builder("bridge.inbound.requests")
                .description("Requests by their limit")
                .tag("operation", operation)
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }

    /**
     * {@code bridge_webhook_total}: who sends webhooks, and are they signed? Sources: servicenow, pagerduty, jira; outcomes:
     * accepted, duplicate, stale, unreadable, and refused ones: unsigned, too_large, overloaded.
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

    /** {@code bridge_authentication_failures_total}: does somebody try keys, or has a client been left with an old one? */
    public void authenticationFailed() {
        Counter.builder("bridge.authentication.failures")
                .description("Requests with credentials that were refused")
                .register(registry)
                .increment();
    }

    /**
     * {@code bridge_emergency_events_total}: what do sources and operators tell of incidents, and does it change anything?
     * Kinds: ACTIVATE, REOPEN, WITHDRAW, RESOLVE, OVERRIDE, EXTEND, EXPIRE.
     */
    public void emergencyEvent(String kind, boolean changed) {
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
    public void emergencyPass(String group, String target, String result) {
        Counter.builder("bridge.emergency.pass")
                .description("Results of reconciling a target in Genesys")
                .tag("group", group)
                .tag("target", target)
                .tag("result", result)
                .register(registry)
                .increment();
    }

    /** {@code bridge_emergency_alerts_total}: how often did Genesys differ for longer than bridge.emergency.alert-after? */
    public void emergencyAlert(String group) {
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
    public void emergencyTransition(String group, boolean active, Duration took) {
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
    public void emergencyGauges(
            String group, Supplier<Number> active, Supplier<Number> unsettled, Supplier<Number> claims) {
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
    public void emergencySideWork(String work, String outcome) {
        Counter.builder("bridge.emergency.side.work")
                .description("Work beside the switching during an emergency")
                .tag("work", work)
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }

    /**
     * {@code bridge_report_counts_total}: can reports be trusted? Outcomes: added (to the shared counts), lost (too many waited
     * for Redis).
     */
    public void reportCounts(String outcome, long counts) {
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
