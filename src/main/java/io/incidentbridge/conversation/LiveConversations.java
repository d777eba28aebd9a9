package io.incidentbridge.conversation;

import io.incidentbridge.redis.RedisCommands;
import io.incidentbridge.redis.RedisScript;
import io.incidentbridge.security.KeyedHash;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
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
    private static final Duration KEPT = Duration.ofHours(8);

    private static final int MOST = 10;

    private final RedisCommands redis;
    private final KeyedHash hash;

    LiveConversations(RedisCommands redis, KeyedHash hash) {
        this.redis = redis;
        this.hash = hash;
    }

    /** Does not hold the caller up: nobody waits for it, and a lost one only costs a raised priority. */
    public void remember(String userSysId, String conversationId) {
        redis.run(
                        REMEMBER,
                        List.of(key(userSysId)),
                        List.of(conversationId, Long.toString(KEPT.toMillis()), Integer.toString(MOST)))
                .subscribe()
                .with(stored -> {}, failure -> LOG.debug("conversation not remembered", failure));
    }

    /** The caller's conversations, newest first. */
    public Uni<List<String>> of(String userSysId) {
        return redis.send(Command.ZREVRANGE, key(userSysId), "0", "-1")
                .map(reply -> StreamSupport.stream(reply.spliterator(), false)
                        .map(Object::toString)
                        .toList());
    }

    private String key(String userSysId) {
        return "ib:{conv:" + hash.hash("user", userSysId) + "}";
    }
}
