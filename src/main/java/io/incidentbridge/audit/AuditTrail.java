package io.incidentbridge.audit;

import io.incidentbridge.redis.RedisCommands;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.redis.client.Command;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Who did what to which record: one log line and one entry of an append-only stream each. The log line comes first and is
 * written even when Redis is away, so that no change goes untold.
 */
@ApplicationScoped
public class AuditTrail {

    private static final Logger LOG = Logger.getLogger("io.incidentbridge.audit");

    /** Kept without expiry: the trail is evidence, and is bounded by the changes people make. */
    private static final String STREAM = "ib:{audit}:stream";

    private final RedisCommands redis;
    private final Clock clock;

    AuditTrail(RedisCommands redis, Clock clock) {
        this.redis = redis;
        this.clock = clock;
    }

    /** Appends after the fact: the effect is done, and a failure here does not undo it. */
    public Uni<Void> append(Entry entry) {
        String before = new JsonObject(Map.copyOf(entry.before())).encode();
        String after = new JsonObject(Map.copyOf(entry.after())).encode();
        LOG.infof(
                "audit action=%s actor=%s record=%s before=%s after=%s conversation=%s",
                entry.action(), entry.actor(), entry.record(), before, after, entry.conversationId());
        return redis.send(
                        Command.XADD,
                        STREAM,
                        "*",
                        "at",
                        clock.instant().toString(),
                        "actor",
                        entry.actor(),
                        "action",
                        entry.action(),
                        "record",
                        entry.record(),
                        "before",
                        before,
                        "after",
                        after,
                        "conversation",
                        entry.conversationId())
                .onFailure()
                .invoke(failure -> LOG.errorf(failure, "audit entry only in the log action=%s", entry.action()))
                .replaceWithVoid();
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
