package io.incidentbridge.redis;

import java.util.Map;

/** Durable writes outside of Quarkus, for tests of other packages. */
public final class WritesFixture {

    private WritesFixture() {}

    public static DurableWrites of(RedisFixture redis) {
        return of(redis.commands());
    }

    public static DurableWrites of(RedisCommands redis) {
        return new DurableWrites(redis, RedisFixture.config(Map.of()));
    }
}
