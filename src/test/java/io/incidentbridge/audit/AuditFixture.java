package io.incidentbridge.audit;

import io.incidentbridge.redis.RedisCommands;
import java.time.Clock;

/** The audit trail outside of Quarkus, for tests of other packages. */
public final class AuditFixture {

    private AuditFixture() {}

    public static AuditTrail in(RedisCommands redis) {
        return new AuditTrail(redis, Clock.systemUTC());
    }
}
