package io.incidentbridge.audit;

import io.incidentbridge.metrics.TestMetrics;
import io.incidentbridge.redis.RedisCommands;
import java.time.Clock;

/** The audit trail outside of Quarkus, for tests of other packages. */
public final class AuditFixture {

    private AuditFixture() {}

    public static AuditTrail in(RedisCommands redis) {
        return new AuditTrail(chain(redis), Clock.systemUTC());
    }

    static AuditChain chain(RedisCommands redis) {
        return new AuditChain(new AuditStore(redis), TrailModel.KEYS, Clock.systemUTC(), TestMetrics.create());
    }
}
