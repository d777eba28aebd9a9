package io.incidentbridge.emergency;

import io.incidentbridge.audit.AuditTrail;
import io.incidentbridge.emergency.target.RoutingTarget;
import io.incidentbridge.itsm.ConnectorException;
import io.incidentbridge.itsm.Failures;
import io.incidentbridge.metrics.EmergencyMetrics;
import io.incidentbridge.redis.HeldLease;
import io.incidentbridge.redis.Lease;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Drives Genesys to what is desired, one replica at a time. A pass looks at what is desired and what is observed, never at
 * what woke it:
 *
 * <pre>
 * lease -> end what has run out -> token and every target read -> compare -> change -> read again -> report -> audit
 * </pre>
 *
 * <p>The report is stored only under the lease, so a pass that was frozen reports nothing; what it sent is audited as
 * stale, and the next pass sets it right.
 */
@ApplicationScoped
class EmergencyReconciler {

    private static final Logger LOG = Logger.getLogger(EmergencyReconciler.class);
    private static final String BRIDGE = "bridge";

    private final EmergencyStore store;
    private final Claims claims;
    private final Lease lease;
    private final EmergencyTargets targets;
    private final AuditTrail audit;
    private final EmergencyConfig config;
    private final EmergencyMetrics metrics;

    EmergencyReconciler(
            EmergencyStore store,
            Claims claims,
            Lease lease,
            EmergencyTargets targets,
            AuditTrail audit,
            EmergencyConfig config,
            EmergencyMetrics metrics) {
        this.store = store;
        this.claims = claims;
        this.lease = lease;
        this.targets = targets;
        this.audit = audit;
        this.config = config;
        this.metrics = metrics;
    }

    /** @param force also when nothing seems due: after a lost lease Genesys may not be what is reported */
    Uni<Pass> reconcile(String group, boolean force) {
        return lease.tryAcquire(store.leaseKey(group), config.lease())
                .flatMap(held -> held == null
                        ? Uni.createFrom().item(Pass.BUSY)
                        : underLease(group, held, force).eventually(() -> lease.release(held)));
    }

    private Uni<Pass> underLease(String group, HeldLease held, boolean force) {
        return store.snapshot(group)
                .flatMap(snapshot -> endWhatRanOut(group, snapshot))
                .flatMap(snapshot -> snapshot.isDue() || force
                        ? align(group, held, snapshot)
                        : Uni.createFrom().item(Pass.NOT_DUE));
    }

    private Uni<Pass> align(String group, HeldLease held, Snapshot snapshot) {
        EmergencyConfig.Group settings = config.groups().get(group);
        DesiredRouting desired = EmergencyPolicy.desired(snapshot, settings.priority());
        Writer writer = new Writer(
                lease,
                held,
                tokenCheck(),
                config.lease().multipliedBy(5).dividedBy(6),
                target -> note(group, target, held.fence()));
        long start = System.nanoTime();
        List<Uni<Outcome>> alignments = targets.of(group).stream()
                .map(target -> alignment(target, desired, snapshot, settings, writer))
                .toList();
        return Uni.join().all(alignments).andFailFast().flatMap(outcomes -> {
            Report report = new Report(group, snapshot, desired, outcomes, config, elapsed(start));
            return store.report(group, held, report.next(), report.read(held.fence()), report.fields(store::write))
                    .flatMap(revision -> revision == null ? stale(report, held) : reported(report, snapshot, revision));
        });
    }

    private Uni<Outcome> alignment(
            RoutingTarget target,
            DesiredRouting desired,
            Snapshot snapshot,
            EmergencyConfig.Group settings,
            Writer writer) {
        return new Alignment(target, desired, snapshot, settings.drift(), writer, config.confirmFor()).run();
    }

    /** Only where others' changes are left does it matter whose a change is. */
    private Uni<Void> note(String group, String target, String mark) {
        return config.groups().get(group).drift() == EmergencyConfig.Drift.REPORT
                ? store.sending(group, target, mark)
                : Uni.createFrom().voidItem();
    }

    /** Under way at once, beside the first reading; its answer is waited for only before a change. */
    private Uni<Optional<ConnectorException>> tokenCheck() {
        Uni<Optional<ConnectorException>> check = targets.tokenAlive()
                .onItemOrFailure()
                .transform(
                        (alive, failure) -> Optional.ofNullable(failure).map(thrown -> Failures.of("genesys", thrown)))
                .memoize()
                .indefinitely();
        check.subscribe().with(looked -> {});
        return check;
    }

    private Uni<Pass> reported(Report report, Snapshot snapshot, long revision) {
        report.log(metrics);
        List<Trace> traces = report.traces();
        Uni<Void> told = traces.isEmpty()
                ? Uni.createFrom().voidItem()
                : append(traces).flatMap(all -> store.audited(report.group()));
        return told.onFailure()
                .invoke(failure -> LOG.warnf("audited by the next pass group=%s reason=%s", report.group(), failure))
                .onFailure()
                .recoverWithNull()
                .replaceWith(revision > snapshot.revision() ? Pass.AGAIN : Pass.DONE);
    }

    private Uni<Pass> stale(Report report, HeldLease held) {
        List<Trace> sent = report.stale();
        sent.forEach(trace -> metrics.pass(report.group(), trace.record(), "stale"));
        LOG.warnf("lease lost during a pass, nothing of it counts group=%s sent=%d", report.group(), sent.size());
        // Noted anew: a pass that has the lease now may have read the target before this one's change arrived there.
        return Multi.createFrom()
                .iterable(report.sent())
                .onItem()
                .transformToUniAndConcatenate(target -> note(report.group(), target, held.fence() + ":late"))
                .collect()
                .last()
                .onFailure()
                .invoke(failure -> LOG.warnf("late change not noted group=%s reason=%s", report.group(), failure))
                .onFailure()
                .recoverWithNull()
                .flatMap(noted -> append(sent))
                // The trail has logged an entry that it could not take.
                .onFailure()
                .recoverWithNull()
                .replaceWith(Pass.LOST);
    }

    /** In order, one after the other. */
    private Uni<Void> append(List<Trace> traces) {
        return Multi.createFrom()
                .iterable(traces)
                .onItem()
                .transformToUniAndConcatenate(trace -> audit.append(trace.entry()))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Snapshot> endWhatRanOut(String group, Snapshot snapshot) {
        List<Uni<?>> ended = new ArrayList<>();
        // First, as the end of a claim is a change, after which the override is only ended by the next pass.
        snapshot.forced()
                .filter(override -> !override.holds(snapshot.now()))
                .ifPresent(override -> ended.add(end(group, snapshot, override)));
        snapshot.claims().stream()
                .filter(claim -> !claim.isOpen(snapshot.now()))
                .forEach(claim -> ended.add(claims.record(ClaimEvent.about(
                        ClaimEvent.Kind.EXPIRE, claim.id(), group, snapshot.now(), Duration.ZERO, BRIDGE))));
        return ended.isEmpty()
                ? Uni.createFrom().item(snapshot)
                : Uni.combine().all().unis(ended).discardItems().flatMap(all -> store.snapshot(group));
    }

    private Uni<Void> end(String group, Snapshot snapshot, Forced override) {
        return store.end(group, snapshot.revision(), BRIDGE)
                .flatMap(outcome -> outcome == EmergencyStore.ForceOutcome.DONE
                        ? append(List.of(Traces.overrideEnded(group, override, BRIDGE)))
                        : Uni.createFrom().voidItem());
    }

    private static Duration elapsed(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
