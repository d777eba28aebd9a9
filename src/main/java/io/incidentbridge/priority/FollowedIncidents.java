package io.incidentbridge.priority;

import io.incidentbridge.redis.RedisCommands;
import io.incidentbridge.redis.RedisScript;
import io.incidentbridge.security.KeyedHash;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/**
 * Incidents that raise somebody or have done so, with their callers: only their events cost a read. An incident is marked
 * before it is read, so that the event of a downgrade that comes in between is not taken for none of ours.
 */
@ApplicationScoped
class FollowedIncidents {

    private static final RedisScript BEGIN = RedisScript.load("priority_begin");

    private final RedisCommands redis;
    private final KeyedHash hash;
    private final PriorityConfig config;

    FollowedIncidents(RedisCommands redis, KeyedHash hash, PriorityConfig config) {
        this.redis = redis;
        this.hash = hash;
        this.config = config;
    }

    Uni<Boolean> isFollowed(String incident) {
        return redis.send(Command.EXISTS, key(incident)).map(reply -> reply.toInteger() == 1);
    }

    /** @return the incident's caller as last read, empty for none */
    Uni<String> begin(String incident) {
        return redis.run(BEGIN, List.of(key(incident)), List.of(keep())).map(Response::toString);
    }

    Uni<Void> callerIs(String incident, String userSysId) {
        return redis.send(Command.SET, key(incident), userSysId, "PX", keep()).replaceWithVoid();
    }

    /** Whether it is this replica that looks for what nobody has told, for so long. */
    Uni<Boolean> tryTurn(Duration length) {
        return redis.send(Command.SET, "ib:{priority}:poll", "1", "NX", "PX", Long.toString(length.toMillis()))
                .map(reply -> reply != null);
    }

    private String keep() {
        return Long.toString(config.remember().toMillis());
    }

    private String key(String incident) {
        return "ib:{priority:" + hash.hash("incident", incident) + "}";
    }
}
