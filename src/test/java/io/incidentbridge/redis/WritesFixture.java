package io.incidentbridge.redis;

import java.util.Map;

/** Durable writes outside of Quarkus, for tests of other packages. */
public final class WritesFixture {

    private WritesFixture() {}

    public static DurableWrites of(RedisFixture redis) {
        return new DurableWrites(redis.commands(), RedisFixture.config(Map.of()));
    }
}
