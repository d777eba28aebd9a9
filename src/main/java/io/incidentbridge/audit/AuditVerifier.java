package io.incidentbridge.audit;

import io.incidentbridge.metrics.BridgeMetrics;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Reads the whole trail, page by page, and checks every seal. */
@ApplicationScoped
public class AuditVerifier {

    private static final Logger LOG = Logger.getLogger(AuditVerifier.class);

    /** The beginning moves only when entries are forgotten, so twice in a row is improbable enough. */
    private static final int ATTEMPTS = 3;

    private final AuditStore store;
    private final AuditKeys keys;
    private final AuditChain chain;
    private final BridgeMetrics metrics;

    /** Findings of the last verification here that nobody has acknowledged. */
    private volatile long open;

    AuditVerifier(AuditStore store, AuditKeys keys, AuditChain chain, BridgeMetrics metrics) {
        this.store = store;
        this.keys = keys;
        this.chain = chain;
        this.metrics = metrics;
        metrics.auditOpenFindings(this::open);
    }

    /** What this replica knows to be wrong and nobody has acknowledged: findings, and a loss that it has seen itself. */
    long open() {
        return open + (chain.hasLost() ? 1 : 0);
    }

    /**
     * An operator's word that everything that is wrong with the trail now is known and explained.
     *
     * @return what was acknowledged
     */
    Uni<ChainReport> acknowledge(AuditTrail trail, String actor, String reason) {
        // An entry behind whatever is wrong at the end, so that the next verification finds the same and no more.
        AuditTrail.Entry begun = new AuditTrail.Entry(
                actor, "audit.acknowledging", "audit/trail", Map.of(), Map.of("reason", reason), "");
        return trail.append(begun)
                .chain(() -> verify(List.of()))
                .call(report -> trail.append(Acknowledgement.entry(actor, report, reason)))
                .call(report -> verify(List.of()));
    }

    /** Checks every seal of the whole trail, and that it has the entry that this replica has seen last. */
    public Uni<ChainReport> verify() {
        return verify(List.of());
    }

    /** @param seen entries that the trail must have, beside the one that this replica has seen last */
    Uni<ChainReport> verify(List<ChainLink> seen) {
        List<ChainLink> witnesses =
                Stream.concat(Stream.ofNullable(chain.witness()), seen.stream()).toList();
        Uni<ChainReport> verified = verify(witnesses, ATTEMPTS);
        // A witness that an operator mistyped is no alarm; the answer tells.
        return seen.isEmpty() ? verified.invoke(this::tell) : verified;
    }

    private Uni<ChainReport> verify(List<ChainLink> witnesses, int attempts) {
        return store.ends().flatMap(ends -> verify(ends, witnesses)
                .flatMap(report -> report.intact() || attempts == 1
                        ? Uni.createFrom().item(report)
                        : store.ends()
                                .flatMap(now -> Objects.equals(now.checkpoint(), ends.checkpoint())
                                        ? Uni.createFrom().item(report)
                                        : verify(witnesses, attempts - 1))));
    }

    private Uni<ChainReport> verify(AuditEnds ends, List<ChainLink> witnesses) {
        ChainCheck check = ChainCheck.whole(keys, ends.checkpoint(), witnesses);
        return store.forward("-", ends.lastId())
                .invoke(check::next)
                .onItem()
                .ignoreAsUni()
                .map(done -> check.finish(ends.headSeq(), ends.headMac()));
    }

    private void tell(ChainReport report) {
        open = report.found() - report.acknowledged();
        chain.acknowledged(report.acknowledgement());
        if (report.intact()) {
            LOG.infof("audit trail verified entries=%d seq=%d mac=%s", report.entries(), report.to(), report.endMac());
            return;
        }
        report.findings().forEach(finding -> {
            metrics.auditFinding(finding.kind().label());
            LOG.errorf(
                    "audit trail broken kind=%s from=%d to=%d detail=%s",
                    finding.kind(), finding.from(), finding.to(), finding.detail());
        });
    }
}
