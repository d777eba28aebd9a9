package io.incidentbridge.bench;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.AsyncBucketProxy;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.AsyncProxyManager;
import io.github.bucket4j.distributed.proxy.optimization.Optimizations;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * bucket4j over one Lettuce connection, as its documentation's example sets it up. Made of a kind and a limit a minute: what
 * decides, by saying whether it admits. Only types of the JDK go in and out, so that it can have a class loader, and with it
 * a Netty, of its own.
 */
public final class Bucket4jPeers
        implements BiFunction<String, Long, Supplier<CompletionStage<Boolean>>>, AutoCloseable {

    private final RedisClient client;
    private final StatefulRedisConnection<String, byte[]> connection;
    private final AsyncProxyManager<String> manager;

    public Bucket4jPeers(String redis) {
        client = RedisClient.create(redis);
        connection = client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE));
        manager = Bucket4jLettuce.casBasedBuilder(connection)
                .expirationAfterWrite(ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(Duration.ofSeconds(10)))
                .build()
                .asAsync();
    }

    /** @param kind {@code default}; {@code batching}, its remedy for a bucket that many ask at once; {@code trip}: a PING */
    @Override
    public Supplier<CompletionStage<Boolean>> apply(String kind, Long limit) {
        BucketConfiguration configuration = BucketConfiguration.builder()
                .addLimit(each -> each.capacity(limit).refillGreedy(limit, Duration.ofMinutes(1)))
                .build();
        String key = "bucket4j:" + kind + ":" + limit;
        return switch (kind) {
            case "default" -> deciding(manager.builder().build(key, configuration));
            case "batching" ->
                deciding(manager.builder().withOptimization(Optimizations.batching()).build(key, configuration));
            case "trip" -> () -> connection.async().ping().thenApply("PONG"::equals);
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static Supplier<CompletionStage<Boolean>> deciding(AsyncBucketProxy bucket) {
        return () -> bucket.tryConsume(1);
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown();
    }
}
