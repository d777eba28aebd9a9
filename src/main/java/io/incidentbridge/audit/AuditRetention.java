package io.incidentbridge.audit;

import io.incidentbridge.redis.Lease;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Verifies the trail from time to time and forgets what is older than the retention: only of a trail that is intact, and
 * only behind a sealed checkpoint that the entry about it repeats.
 */
@ApplicationScoped
class AuditRetention {

    private static final Logger LOG = Logger.getLogger(AuditRetention.class);

    private static final String LEASE = "ib:{audit}:lease";
    private static final Duration LEASE_LENGTH = Duration.ofMinutes(10);

    private final AuditConfig config;
    private final AuditStore store;
    private final AuditVerifier verifier;
    private final AuditKeys keys;
    private final AuditTrail trail;
    private final Lease lease;
    private final Clock clock;

    AuditRetention(
            AuditConfig config,
            AuditStore store,
            AuditVerifier verifier,
            AuditKeys keys,
            AuditTrail trail,
            Lease lease,
            Clock clock) {
        this.config = config;
        this.store = store;
        this.verifier = verifier;
        this.keys = keys;
        this.trail = trail;
        this.lease = lease;
        this.clock = clock;
    }

    @Scheduled(
            every = "{bridge.audit.verify-every}",
            delayed = "10m",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> tick() {
        return lease.holding(
                        LEASE,
                        LEASE_LENGTH,
                        this::verifyAndForget,
                        () -> Uni.createFrom().nullItem(),
                        failure -> false)
                .onFailure()
                .invoke(failure -> LOG.warnf("audit trail not verified reason=%s", failure))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    /** Whichever replica an operator's acknowledgement went to: those that know of something wrong look for it. */
    @Scheduled(every = "5m", delayed = "5m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> lookForAcknowledgement() {
        return verifier.open() == 0
                ? Uni.createFrom().voidItem()
                : verifier.verify(List.of())
                        .onFailure()
                        .invoke(failure -> LOG.warnf("audit trail not verified reason=%s", failure))
                        .onFailure()
                        .recoverWithNull()
                        .replaceWithVoid();
    }

    private Uni<Long> verifyAndForget() {
        return verifier.verify(List.of())
                .flatMap(report -> report.intact() && config.retention().isPresent()
                        ? forget(clock.instant().minus(config.retention().get()))
                        : Uni.createFrom().item(0L));
    }

    /** Forgets the entries sealed before a moment. The trail must have been found intact. */
    Uni<Long> forget(Instant before) {
        return store.ends().flatMap(ends -> store.backward("(" + before.toEpochMilli() + "-0", "-")
                .toUni()
                .flatMap(last -> last == null
                        ? Uni.createFrom().item(0L)
                        : forget(
                                ends.checkpoint(),
                                Checkpoint.seal(keys, last, clock.instant().toString()))));
    }

    private Uni<Long> forget(Checkpoint from, Checkpoint to) {
        // First the entry: a checkpoint without it would be one that nobody answers for.
        return trail.append(new AuditTrail.Entry(
                        "incident-bridge",
                        "audit.entries-forgotten",
                        "audit/trail",
                        Map.of("seq", from == null ? "0" : Long.toString(from.seq())),
                        Map.of("seq", Long.toString(to.seq()), "mac", to.mac()),
                        ""))
                .flatMap(done -> store.trim(from, to))
                .invoke(count -> LOG.infof("audit entries forgotten count=%d seq=%d", count, to.seq()));
    }
}
