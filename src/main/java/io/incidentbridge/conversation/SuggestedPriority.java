package io.incidentbridge.conversation;

import io.incidentbridge.redis.Lease;
import io.incidentbridge.redis.RedisCommands;
import io.incidentbridge.redis.RedisScript;
import io.incidentbridge.security.KeyedHash;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;

/**
 * The queue priority that each caller's incidents ask for, whether or not the caller is on the phone, and which
 * conversations the bridge has given one.
 */
@ApplicationScoped
public class SuggestedPriority {

    private static final RedisScript NOTE = RedisScript.load("priority_note");
    private static final RedisScript ALIGNED = RedisScript.load("priority_aligned");

    private final RedisCommands redis;
    private final KeyedHash hash;
    private final Lease lease;

    SuggestedPriority(RedisCommands redis, KeyedHash hash, Lease lease) {
        this.redis = redis;
        this.hash = hash;
        this.lease = lease;
    }

    /**
     * Notes what an incident asks for its caller, which is to be done until {@link #aligned} says that it is; what comes
     * of an older revision changes nothing.
     *
     * @param revision of the incident, growing
     * @param priority queue priority above 0; 0 when it asks for none any more
     * @param keep     how long it is remembered without another word
     */
    public Uni<Void> note(String userSysId, String incident, long revision, int priority, Duration keep) {
        ConversationKeys keys = keys(userSysId);
        return redis.run(
                        NOTE,
                        List.of(keys.suggested(), keys.unaligned()),
                        List.of(
                                incident,
                                Long.toString(revision),
                                Integer.toString(priority),
                                Long.toString(keep.toMillis())))
                .replaceWithVoid();
    }

    /** The caller's calls are in line with what this revision of an incident asks for. */
    public Uni<Void> aligned(String userSysId, String incident, long revision) {
        return redis.run(ALIGNED, List.of(keys(userSysId).unaligned()), List.of(incident, Long.toString(revision)))
                .replaceWithVoid();
    }

    /**
     * The revision of an incident that was noted last for this caller and that the caller's calls are in line with; -1 when
     * there is none, or when that is still to be done.
     */
    public Uni<Long> alignedRevision(String userSysId, String incident) {
        ConversationKeys keys = keys(userSysId);
        return redis.send(Command.HEXISTS, keys.unaligned(), incident)
                .flatMap(unaligned -> unaligned.toInteger() == 1
                        ? Uni.createFrom().item(-1L)
                        : redis.send(Command.HGET, keys.suggested(), incident).map(SuggestedPriority::revision));
    }

    private static long revision(Response noted) {
        String text = noted == null ? "-1:" : noted.toString();
        return Long.parseLong(text.substring(0, text.indexOf(':')));
    }

    /** The incident is no longer this caller's, or gone. */
    public Uni<Void> forget(String userSysId, String incident) {
        return redis.send(Command.HDEL, keys(userSysId).suggested(), incident).replaceWithVoid();
    }

    /** The highest priority that one of the caller's incidents asks for, 0 for none. */
    public Uni<Integer> of(String userSysId) {
        return redis.send(Command.HVALS, keys(userSysId).suggested())
                .map(entries -> StreamSupport.stream(entries.spliterator(), false)
                        .map(Object::toString)
                        .mapToInt(entry -> Integer.parseInt(entry.substring(entry.indexOf(':') + 1)))
                        .max()
                        .orElse(0));
    }

    /** What the bridge has done to a conversation's priority. */
    public Uni<Optional<Raised>> raised(String userSysId, String conversationId) {
        return redis.send(Command.HGET, keys(userSysId).raised(), conversationId)
                .map(value -> Optional.ofNullable(value).map(Object::toString).map(Raised::parse));
    }

    /** To be written before the priority is changed, so that a crash in between leaves nothing that is nobody's. */
    public Uni<Void> raise(String userSysId, String conversationId, Raised raised) {
        String key = keys(userSysId).raised();
        return redis.send(Command.HSET, key, conversationId, raised.format())
                .call(written -> redis.send(Command.PEXPIRE, key, Long.toString(LiveConversations.KEPT.toMillis())))
                .replaceWithVoid();
    }

    /** The conversation's priority is no longer the bridge's. */
    public Uni<Void> release(String userSysId, String conversationId) {
        return redis.send(Command.HDEL, keys(userSysId).raised(), conversationId)
                .replaceWithVoid();
    }

    /** Runs the work as the only one for this caller across all replicas, else answers {@code otherwise}. */
    public <T> Uni<T> alone(String userSysId, Duration length, Supplier<Uni<T>> work, Supplier<Uni<T>> otherwise) {
        return lease.holding(keys(userSysId).lease(), length, work, otherwise, failure -> false);
    }

    private ConversationKeys keys(String userSysId) {
        return ConversationKeys.of(hash, userSysId);
    }

    /**
     * A conversation's priority that is the bridge's.
     *
     * @param before what others had set
     * @param ours   what the bridge has set, or the flow on its word
     */
    public record Raised(int before, int ours) {

        private static Raised parse(String text) {
            int colon = text.indexOf(':');
            return new Raised(Integer.parseInt(text.substring(0, colon)), Integer.parseInt(text.substring(colon + 1)));
        }

        private String format() {
            return before + ":" + ours;
        }
    }
}
