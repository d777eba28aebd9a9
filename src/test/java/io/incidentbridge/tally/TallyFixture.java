package io.incidentbridge.tally;

import io.incidentbridge.metrics.BridgeMetrics;
import io.incidentbridge.metrics.TestMetrics;
import io.incidentbridge.redis.RedisCommands;
import io.incidentbridge.security.HashFixture;
import java.time.Clock;
import java.time.Duration;

/** Counts for reports outside of Quarkus, for tests of other packages, too. */
public final class TallyFixture {

    private TallyFixture() {}

    public static TallyConfig config() {
        return new TallyConfig() {
            @Override
            public Duration keep() {
                return Duration.ofDays(400);
            }

            @Override
            public Duration addEvery() {
                return Duration.ofSeconds(2);
            }
        };
    }

    public static TallyStore store(RedisCommands redis) {
        return new TallyStore(redis);
    }

    static Tally replica(RedisCommands redis, BridgeMetrics metrics, Clock clock) {
        return new Tally(
                redis, new TallyStore(redis), HashFixture.keyedHash(), config(), metrics, TestMetrics.report(), clock);
    }
}
