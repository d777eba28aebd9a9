package io.incidentbridge.audit;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Who did what to which record: one log line and one entry of a sealed, append-only trail each. The log line comes first
 * and is written even when Redis is away, so that no change goes untold.
 */
@ApplicationScoped
public class AuditTrail {

    private static final Logger LOG = Logger.getLogger("io.incidentbridge.audit");

    private final AuditChain chain;
    private final Clock clock;

    AuditTrail(AuditChain chain, Clock clock) {
        this.chain = chain;
        this.clock = clock;
    }

    /**
     * Appends after the fact: the effect is done, and a failure here does not undo it. A failure says that the entry is not
     * in the trail yet; it follows when Redis is back, unless this process ends first or more than a thousand wait. Then
     * only the log has it.
     */
    public Uni<Void> append(Entry entry) {
        String before = SealedEntry.canonical(entry.before());
        String after = SealedEntry.canonical(entry.after());
        LOG.infof(
                "audit action=%s actor=%s record=%s before=%s after=%s conversation=%s",
                entry.action(), entry.actor(), entry.record(), before, after, entry.conversationId());
        return chain.append(List.of(
                        clock.instant().toString(),
                        entry.actor(),
                        entry.action(),
                        entry.record(),
                        before,
                        after,
                        entry.conversationId()))
                .onFailure()
                .invoke(failure -> LOG.warnf("audit entry only in the log so far action=%s", entry.action()));
    }

    /**
     * As {@link #append} for an effect that stands whatever becomes of its entry. Never fails: that an entry is only in the
     * log so far is logged by then.
     */
    public Uni<Void> tell(Entry entry) {
        return append(entry).onFailure().recoverWithNull();
    }

    /**
     * One change.
     *
     * @param actor          the client or person that caused it
     * @param action         for example {@code caller.enrolled}
     * @param record         what was changed, for example {@code sys_user/<sys_id>}
     * @param before         changed fields as they were; personal data masked
     * @param after          changed fields as they are now; personal data masked
     * @param conversationId the Genesys conversation, or empty
     */
    public record Entry(
            String actor,
            String action,
            String record,
            Map<String, String> before,
            Map<String, String> after,
            String conversationId) {}
}
