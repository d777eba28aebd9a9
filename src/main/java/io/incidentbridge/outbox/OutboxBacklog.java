package io.incidentbridge.outbox;

import io.incidentbridge.redis.RedisCommands;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** How much accepted work of one kind waits, over all shards. */
@ApplicationScoped
public class OutboxBacklog {

    private final Outbox outbox;
    private final RedisCommands redis;
    private final Clock clock;

    OutboxBacklog(Outbox outbox, RedisCommands redis, Clock clock) {
        this.outbox = outbox;
        this.redis = redis;
        this.clock = clock;
    }

    /** Items that are not done, those in a worker's hands included; dead letters are not. */
    public Uni<Long> waiting(String kind) {
        return sum(shard -> redis.send(Command.ZCARD, shard.pending(kind)));
    }

    /** Of these, the ones that were added longer ago than this. */
    public Uni<Long> olderThan(String kind, Duration age) {
        String before = Long.toString(clock.millis() - age.toMillis());
        return sum(shard -> redis.send(Command.ZCOUNT, shard.pending(kind), "-inf", "(" + before));
    }

    private Uni<Long> sum(Function<Shard, Uni<Response>> count) {
        List<Uni<Response>> counts = outbox.shards().stream().map(count).toList();
        return Uni.join().all(counts).andFailFast().map(replies -> replies.stream()
                .mapToLong(Response::toLong)
                .sum());
    }
}
