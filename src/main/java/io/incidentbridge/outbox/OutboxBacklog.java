package io.incidentbridge.outbox;

import io.incidentbridge.redis.RedisCommands;
import io.incidentbridge.redis.RedisScript;
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

    private static final RedisScript OLD = RedisScript.load("outbox_old");

    /** Bounds the script's time. With so many on one shard it no longer matters whose fault each is: the others all count. */
    private static final int MOST_LOOKED_AT = 500;

    private final Outbox outbox;
    private final RedisCommands redis;
    private final OutboxConfig config;
    private final Clock clock;

    OutboxBacklog(Outbox outbox, RedisCommands redis, OutboxConfig config, Clock clock) {
        this.outbox = outbox;
        this.redis = redis;
        this.config = config;
        this.clock = clock;
    }

    /** Items that are not done, those in a worker's hands included; dead letters are not. */
    public Uni<Long> waiting(String kind) {
        return onEach(shard -> redis.send(Command.ZCARD, shard.pending(kind)))
                .map(replies -> replies.stream().mapToLong(Response::toLong).sum());
    }

    /**
     * Conversations whose work has waited for longer than this, each once. One that has failed
     * {@code bridge.outbox.least-attempts} times is left out when other work of the kind was done since it came: then it
     * fails by itself, and says nothing about the others.
     */
    public Uni<Long> olderThan(String kind, Duration age) {
        String before = Long.toString(clock.millis() - age.toMillis());
        String often = Integer.toString(config.leastAttempts());
        String most = Integer.toString(MOST_LOOKED_AT);
        return onEach(shard -> redis.run(
                        OLD,
                        List.of(shard.pending(kind), shard.due(kind), shard.done(kind)),
                        List.of(shard.prefix(), before, often, most)))
                .map(OutboxBacklog::old);
    }

    /** @param shards as lua/outbox_old.lua tells them */
    private static long old(List<Response> shards) {
        long lastDone =
                shards.stream().mapToLong(shard -> shard.get(0).toLong()).max().orElse(0);
        return shards.stream()
                .mapToLong(shard -> shard.get(1).toLong()
                        + OutboxQueue.list(shard).stream()
                                .skip(2)
                                .filter(since -> since.toLong() > lastDone)
                                .count())
                .sum();
    }

    private Uni<List<Response>> onEach(Function<Shard, Uni<Response>> question) {
        return Uni.join().all(outbox.shards().stream().map(question).toList()).andFailFast();
    }
}
