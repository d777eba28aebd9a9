package io.incidentbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.console.CallCounts.Minute;
import io.incidentbridge.metrics.BridgeMetrics;
import io.incidentbridge.metrics.MetricsFixture;
import io.incidentbridge.redis.TestRedis;
import io.incidentbridge.redis.TestRedis.Line;
import io.incidentbridge.sandbox.MutableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls per minute on a real Redis. */
class CallCountsRedisTest {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final BridgeMetrics metrics = MetricsFixture.in(new SimpleMeterRegistry());
    private final MutableClock clock = new MutableClock();
    private TestRedis redis;

    @BeforeEach
    void start() {
        redis = new TestRedis();
    }

    @AfterEach
    void stop() {
        redis.close();
    }

    @Test
    void shouldCountACallOnceThoughRepliesWereLost() {
        Line line = redis.line(Duration.ofSeconds(5));
        CallCounts counts = new CallCounts(line, metrics, clock);
        called();
        line.is(Line.State.LOSING_REPLIES);
        add(counts);
        add(counts);
        called();
        line.is(Line.State.UP);

        add(counts);
        add(counts);
        add(counts);

        assertThat(lately(counts)).isEqualTo(2);
    }

    @Test
    void shouldCountWhatHappenedWhileRedisWasAway() {
        Line line = redis.line(Duration.ofSeconds(5));
        CallCounts counts = new CallCounts(line, metrics, clock);
        line.is(Line.State.DOWN);
        called();
        add(counts);
        called();
        add(counts);
        line.is(Line.State.UP);

        add(counts);
        add(counts);

        assertThat(lately(counts)).isEqualTo(2);
    }

    @Test
    void shouldAddUpWhatEveryReplicaHasAnswered() {
        for (int replica = 0; replica < 3; replica++) {
            BridgeMetrics own = MetricsFixture.in(new SimpleMeterRegistry());
            CallCounts counts = new CallCounts(redis.commands(Duration.ofSeconds(5)), own, clock);
            own.wrapUp("CREATED");
            add(counts);
        }

        assertThat(lately(new CallCounts(redis.commands(Duration.ofSeconds(5)), metrics, clock)))
                .isEqualTo(3);
    }

    private void called() {
        metrics.wrapUp("CREATED");
    }

    private static void add(CallCounts counts) {
        counts.add().await().atMost(LONGEST);
    }

    private static long lately(CallCounts counts) {
        return counts.lately().await().atMost(LONGEST).stream()
                .mapToLong(Minute::tickets)
                .sum();
    }
}
