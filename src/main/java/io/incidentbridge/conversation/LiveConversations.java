package io.incidentbridge.conversation;

import io.incidentbridge.redis.RedisCommands;
import io.incidentbridge.redis.RedisScript;
import io.incidentbridge.security.KeyedHash;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/**
 * Which Genesys conversations a caller has had lately, newest first, so that a change of a ticket finds the call; and whose a
 * conversation is, so that its ticket finds the caller.
 */
@ApplicationScoped
public class LiveConversations {

    private static final Logger LOG = Logger.getLogger(LiveConversations.class);
    private static final RedisScript REMEMBER = RedisScript.load("conversation_remember");

    /** Longer than calls wait and last, so that none is forgotten while it is live. */
    static final Duration KEPT = Duration.ofHours(8);

    /** Longer than a call and any pause between two attempts to write its ticket, each of which makes it last as long again. */
    private static final Duration CALLER_KEPT = Duration.ofDays(2);

    private static final int MOST = 10;

    private final RedisCommands redis;
    private final KeyedHash hash;

    LiveConversations(RedisCommands redis, KeyedHash hash) {
        this.redis = redis;
        this.hash = hash;
    }

    /** Remembers the conversation and answers the queue priority that is suggested for it, 0 for none. */
    public Uni<Integer> arrived(String userSysId, String conversationId) {
        ConversationKeys keys = ConversationKeys.of(hash, userSysId);
        return redis.run(
                        REMEMBER,
                        List.of(keys.live(), keys.suggested(), keys.raised()),
                        List.of(conversationId, Long.toString(KEPT.toMillis()), Integer.toString(MOST)))
                .map(Response::toInteger);
    }

    /**
     * Notes whose conversation it is, for what follows it and knows no more than its id and number. Nobody waits for it; what
     * was noted before stays where Redis does not take it, and is logged.
     */
    public void noteCaller(String userSysId, String conversationId) {
        inBackground(redis.send(
                Command.SET, callerKey(conversationId), userSysId, "PX", Long.toString(CALLER_KEPT.toMillis())));
    }

    /** Nobody knows any more whose conversation it is. */
    public void forgetCaller(String conversationId) {
        inBackground(redis.send(Command.DEL, callerKey(conversationId)));
    }

    /** Whose conversation it is, as noted, which is kept for as long again; empty when that is not known. */
    public Uni<String> callerOf(String conversationId) {
        return redis.send(Command.GETEX, callerKey(conversationId), "PX", Long.toString(CALLER_KEPT.toMillis()))
                .map(noted -> noted == null ? "" : noted.toString());
    }

    private static void inBackground(Uni<Response> note) {
        note.subscribe()
                .with(noted -> {}, failure -> LOG.warnf("a conversation's caller not noted reason=%s", failure));
    }

    /** The conversation is over: no change of a ticket is to find it. */
    public Uni<Void> forget(String userSysId, String conversationId) {
        return redis.send(Command.ZREM, ConversationKeys.of(hash, userSysId).live(), conversationId)
                .replaceWithVoid();
    }

    /** The caller's conversations, newest first. */
    public Uni<List<String>> of(String userSysId) {
        return redis.send(
                        Command.ZREVRANGE, ConversationKeys.of(hash, userSysId).live(), "0", "-1")
                .map(reply -> StreamSupport.stream(reply.spliterator(), false)
                        .map(Object::toString)
                        .toList());
    }

    private String callerKey(String conversationId) {
        return "ib:{call:" + hash.hash("conversation", conversationId) + "}";
    }
}
