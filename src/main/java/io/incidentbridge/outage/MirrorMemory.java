package io.incidentbridge.outage;

import io.incidentbridge.redis.RedisCommands;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** Which rows were written to Genesys, with what and when; shared, so that another replica goes on where one stopped. */
@ApplicationScoped
class MirrorMemory {

    /** Bounded by the topics that were in an outage of late; expires a day after the last row was written. */
    private static final String KEY = "ib:{outage}:mirrored";

    private static final String A_DAY = "86400000";

    private final RedisCommands redis;
    private final Clock clock;

    MirrorMemory(RedisCommands redis, Clock clock) {
        this.redis = redis;
        this.clock = clock;
    }

    /** By topic. */
    Uni<Map<String, Written>> read() {
        return redis.send(Command.HGETALL, KEY).map(MirrorMemory::rows);
    }

    /** @param before null when the row was not known */
    Uni<Void> wrote(String topic, int content, Written before) {
        long now = clock.millis();
        long since = before != null && before.content() == content ? before.since() : now;
        return redis.send(Command.HSET, KEY, topic, content + " " + since + " " + now)
                .call(done -> redis.send(Command.PEXPIRE, KEY, A_DAY))
                .replaceWithVoid();
    }

    Uni<Void> forget(String topic) {
        return redis.send(Command.HDEL, KEY, topic).replaceWithVoid();
    }

    private static Map<String, Written> rows(Response reply) {
        Map<String, Written> rows = new HashMap<>();
        reply.getKeys().forEach(topic -> {
            String[] row = reply.get(topic).toString().split(" ");
            rows.put(topic, new Written(Integer.parseInt(row[0]), Long.parseLong(row[1]), Long.parseLong(row[2])));
        });
        return rows;
    }

    /**
     * A row as it was written.
     *
     * @param content its hash
     * @param since   when it was first written so, ms since epoch
     * @param at      when it was last written, ms since epoch
     */
    record Written(int content, long since, long at) {}
}
