package io.incidentbridge.outbox;

import io.incidentbridge.metrics.TestMetrics;
import io.incidentbridge.redis.RedisFixture;
import io.incidentbridge.redis.RedisProcess;
import io.incidentbridge.redis.WritesFixture;
import io.incidentbridge.security.HashFixture;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An outbox on a real Redis, with hands on the clock: a moment comes by moving what is due then to now. */
public final class OutboxFixture implements AutoCloseable {

    private static final Duration HANG = Duration.ofSeconds(20);

    private final RedisProcess server = RedisProcess.start();
    private final RedisFixture redis = RedisFixture.standalone(server, Map.of("bridge.redis.deadline", "5s"));
    private final OutboxConfig config;
    private final Outbox outbox;
    private final OutboxQueue queue;

    /** @param settings of {@code bridge.outbox}, without the prefix */
    public OutboxFixture(Map<String, String> settings) {
        Map<String, String> keys = new HashMap<>();
        settings.forEach((key, value) -> keys.put("bridge.outbox." + key, value));
        config = new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(OutboxConfig.class)
                .withSources(new PropertiesConfigSource(keys, "test", 100))
                .build()
                .getConfigMapping(OutboxConfig.class);
        outbox = new Outbox(WritesFixture.of(redis), HashFixture.keyedHash(), config);
        queue = new OutboxQueue(redis.commands(), config);
        redis.connected();
    }

    public static <T> T await(Uni<T> work) {
        return work.await().atMost(HANG);
    }

    public Outbox outbox() {
        return outbox;
    }

    OutboxQueue queue() {
        return queue;
    }

    public RedisFixture redis() {
        return redis;
    }

    /** For work that nobody here has room for. */
    public static AtOnce noRoom() {
        return new AtOnce(false, 0, null, null);
    }

    /** A replica's worker, not started: it works when it is told to. */
    OutboxWorker worker(OutboxHandler... handlers) {
        return new OutboxWorker(
                outbox, queue, Arrays.asList(handlers), config, TestMetrics.create(), Clock.systemUTC(), () -> 1.0);
    }

    /** What waits, as it is seen at that clock. */
    OutboxBacklog backlog(Clock clock) {
        return new OutboxBacklog(outbox, redis.commands(), config, clock);
    }

    OutboxGauges gauges(OutboxWorker worker) {
        return new OutboxGauges(outbox, queue, worker, config, TestMetrics.create());
    }

    /** What any replica may have of this kind now, at most so many. */
    List<OutboxItem> claim(String kind, int most) {
        return outbox.shards().stream()
                .flatMap(shard -> await(queue.claim(shard, Map.of(kind, most))).stream())
                .toList();
    }

    /** As if the item's pause, or the claim of its worker, were over. */
    void fallDue(String id, String kind) {
        redis.call(Command.ZADD, Shard.of(id).due(kind), "XX", "1", id);
    }

    String field(String id, String field) {
        return redis.call(Command.HGET, outbox.keyOf(id), field);
    }

    @Override
    public void close() {
        redis.close();
        server.close();
    }
}
