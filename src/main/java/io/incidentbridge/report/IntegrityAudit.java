package io.incidentbridge.report;

import io.incidentbridge.audit.AuditTrail;
import io.incidentbridge.metrics.ReportMetrics;
import io.incidentbridge.ratelimit.BudgetRequest;
import io.incidentbridge.ratelimit.Lane;
import io.incidentbridge.redis.Lease;
import io.incidentbridge.redis.RedisCommands;
import io.incidentbridge.servicenow.PhoneIncidents;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Looks from time to time for phone incidents that belong to no conversation; one replica at a time, each incident once: the
 * next look begins where the last one ended. Its finding goes to the audit trail and the metrics.
 */
@ApplicationScoped
class IntegrityAudit {

    private static final Logger LOG = Logger.getLogger(IntegrityAudit.class);

    private static final String LEASE = "ib:{integrity}:lease";
    private static final String UNTIL = "ib:{integrity}:until";
    private static final Duration LEASE_LENGTH = Duration.ofMinutes(5);
    private static final Duration ROOM = Duration.ofSeconds(30);

    /** A wrap-up may be written late, and gives its ticket the conversation's id only then. */
    private static final Duration SETTLED = Duration.ofMinutes(15);

    /** Also how far back the first look goes, and one after a long absence; older incidents are for the report. */
    private static final Duration LONGEST = Duration.ofDays(31);

    private static final Duration FIRST = Duration.ofDays(1);
    private static final Duration REMEMBERED = Duration.ofDays(62);

    private final PhoneIncidents incidents;
    private final AuditTrail trail;
    private final RedisCommands redis;
    private final Lease lease;
    private final ReportConfig config;
    private final ReportMetrics metrics;
    private final Clock clock;

    IntegrityAudit(
            PhoneIncidents incidents,
            AuditTrail trail,
            RedisCommands redis,
            Lease lease,
            ReportConfig config,
            ReportMetrics metrics,
            Clock clock) {
        this.incidents = incidents;
        this.trail = trail;
        this.redis = redis;
        this.lease = lease;
        this.config = config;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Each replica asks often whether a look is due: whichever asks first has it, also when another one is gone. */
    @Scheduled(every = "10m", delayed = "5m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> tick() {
        return config.integrityEvery().map(this::tick).orElseGet(() -> Uni.createFrom()
                .voidItem());
    }

    private Uni<Void> tick(Duration every) {
        return lease.holding(
                        LEASE,
                        LEASE_LENGTH,
                        () -> look(every),
                        () -> Uni.createFrom().voidItem(),
                        failure -> false)
                .onFailure()
                .invoke(failure -> {
                    metrics.integrityAudit("failed");
                    LOG.warnf("phone incidents not looked through reason=%s", failure);
                })
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> look(Duration every) {
        Instant to = clock.instant().minus(SETTLED).truncatedTo(ChronoUnit.SECONDS);
        return redis.send(Command.GET, UNTIL)
                .map(until -> Optional.ofNullable(until).map(text -> Instant.parse(text.toString())))
                .flatMap(until -> isDue(until, to, every)
                        ? look(begin(until, to), to)
                        : Uni.createFrom().voidItem());
    }

    static Instant begin(Optional<Instant> until, Instant to) {
        Instant earliest = to.minus(LONGEST);
        return until.map(end -> end.isBefore(earliest) ? earliest : end).orElseGet(() -> to.minus(FIRST));
    }

    /** Whichever replica has looked last; the first look of all does not wait. */
    static boolean isDue(Optional<Instant> until, Instant to, Duration every) {
        return until.map(end -> !end.plus(every).isAfter(to)).orElse(true);
    }

    private Uni<Void> look(Instant from, Instant to) {
        return incidents
                .count(from, to, BudgetRequest.within(Lane.BACKGROUND, ROOM))
                .call(counts ->
                        redis.send(Command.SET, UNTIL, to.toString(), "PX", Long.toString(REMEMBERED.toMillis())))
                .flatMap(counts -> tell(from, to, counts));
    }

    private Uni<Void> tell(Instant from, Instant to, PhoneIncidents.Counts counts) {
        metrics.integrityAudit(counts.unlinked() == 0 ? "clean" : "found");
        metrics.integrityIncidents("linked", counts.linked());
        metrics.integrityIncidents("unlinked", counts.unlinked());
        LOG.infof("phone incidents looked through linked=%d unlinked=%d", counts.linked(), counts.unlinked());
        return trail.append(new AuditTrail.Entry(
                "incident-bridge",
                "integrity.audited",
                "incident/phone",
                Map.of(),
                Map.of(
                        "from", from.toString(),
                        "to", to.toString(),
                        "linked", Long.toString(counts.linked()),
                        "unlinked", Long.toString(counts.unlinked())),
                ""));
    }
}
