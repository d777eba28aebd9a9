package io.incidentbridge.idempotency;

import io.incidentbridge.redis.RedisFixture;
import io.incidentbridge.redis.RedisProcess;
import io.incidentbridge.security.HashFixture;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import java.time.Duration;

/** A store on a real Redis, with hands on the clock: a claim is made to run out by moving its end. */
final class StoreFixture implements AutoCloseable {

    static final int LARGEST = 100;

    private final RedisProcess server = RedisProcess.start();
    private final RedisFixture redis = RedisFixture.standalone(server);
    final IdempotencyStore store = new IdempotencyStore(redis.commands(), HashFixture.keyedHash(), new Config());

    StoreFixture() {
        redis.connected();
    }

    RedisProcess server() {
        return server;
    }

    RedisFixture redis() {
        return redis;
    }

    static IdempotencyKey key(String key) {
        return new IdempotencyKey("client", "Resource.method", key);
    }

    static <T> T await(Uni<T> work) {
        return work.await().atMost(Duration.ofSeconds(5));
    }

    /** As if the owner's claim had run out. */
    void runOut(IdempotencyKey key) {
        if (field(key, "until") != null) {
            redis.call(Command.HSET, store.name(key), "until", "1");
        }
    }

    /** As if the key's 24 hours were over. */
    void expire(IdempotencyKey key) {
        redis.call(Command.DEL, store.name(key));
    }

    String field(IdempotencyKey key, String field) {
        return redis.call(Command.HGET, store.name(key), field);
    }

    long expiresInMillis(IdempotencyKey key) {
        return Long.parseLong(redis.call(Command.PTTL, store.name(key)));
    }

    @Override
    public void close() {
        redis.close();
        server.close();
    }

    private static final class Config implements IdempotencyConfig {

        @Override
        public Duration keep() {
            return Duration.ofHours(24);
        }

        @Override
        public Duration claim() {
            return Duration.ofSeconds(30);
        }

        @Override
        public int maxReplyBytes() {
            return LARGEST;
        }
    }
}
