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

/** Which Genesys conversations a caller has had lately, newest first, so that a change of a ticket finds the call. */
@ApplicationScoped
public class LiveConversations {

    private static final Logger LOG = Logger.getLogger(LiveConversations.class);
    private static final RedisScript REMEMBER = RedisScript.load("conversation_remember");

    /** Longer than calls wait and last, so that none is forgotten while it is live. */
    static final Duration KEPT = Duration.ofHours(8);

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
     * Notes whose conversation it is, for one of which no more than its id will be known when it has ended. Nobody waits for
     * it: what is lost is looked for by number.
     */
    public void belongs(String conversationId, String userSysId) {
        redis.send(Command.SET, callerKey(conversationId), userSysId, "PX", Long.toString(KEPT.toMillis()))
                .subscribe()
                .with(noted -> {}, failure -> LOG.debug("a conversation's caller not noted", failure));
    }

    /** Whose conversation it is, as noted; empty when nobody has noted it. */
    public Uni<String> callerOf(String conversationId) {
        return redis.send(Command.GET, callerKey(conversationId)).map(noted -> noted == null ? "" : noted.toString());
    }

    /** The conversation is over: nothing is to be found by it. */
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
