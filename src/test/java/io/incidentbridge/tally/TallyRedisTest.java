package io.incidentbridge.tally;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.metrics.BridgeMetrics;
import io.incidentbridge.metrics.MetricsFixture;
import io.incidentbridge.metrics.TestMetrics;
import io.incidentbridge.redis.RedisCommands;
import io.incidentbridge.redis.RedisUnavailableException;
import io.incidentbridge.redis.TestRedis;
import io.incidentbridge.redis.TestRedis.Line;
import io.incidentbridge.sandbox.MutableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.mutiny.redis.client.Command;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The shared counts on a real Redis. */
class TallyRedisTest {

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private final BridgeMetrics metrics = MetricsFixture.in(new SimpleMeterRegistry());
    private final MutableClock clock = new MutableClock();
    private final Instant hour = clock.instant().truncatedTo(ChronoUnit.HOURS);
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
    void shouldAddUpWhatEveryReplicaHasCountedAlsoAfterItsEnd() {
        for (int replica = 0; replica < 3; replica++) {
            Tally tally = replica(redis.commands(DEADLINE));
            tally.lookup("", LookupOutcome.FOUND);
            tally.lookup(null, LookupOutcome.NOT_FOUND);
            add(tally);
        }

        assertThat(sums(hour, hour.plus(1, ChronoUnit.HOURS)))
                .containsExactlyInAnyOrderEntriesOf(Map.of("lookup|FOUND", 3L, "lookup|NOT_FOUND", 3L));
    }

    @Test
    void shouldCountAConversationOnceByItsBestAnswerAndFirstHour() {
        Tally first = replica(redis.commands(DEADLINE));
        Tally second = replica(redis.commands(DEADLINE));
        first.lookup("conversation", LookupOutcome.NOT_FOUND);
        add(first);
        clock.advance(Duration.ofHours(1));

        second.lookup("conversation", LookupOutcome.FOUND);
        second.lookup("conversation", LookupOutcome.FOUND);
        add(second);
        first.lookup("conversation", LookupOutcome.UNAVAILABLE);
        add(first);

        assertThat(sums(hour, hour.plus(1, ChronoUnit.HOURS)))
                .containsEntry("lookup|FOUND", 1L)
                .containsEntry("lookup|NOT_FOUND", 0L)
                .doesNotContainKey("lookup|UNAVAILABLE");
        assertThat(sums(hour.plus(1, ChronoUnit.HOURS), hour.plus(2, ChronoUnit.HOURS)))
                .isEmpty();
    }

    @Test
    void shouldAddABatchOnceThoughItsReplyWasLost() {
        Line line = redis.line(DEADLINE);
        Tally tally = replica(line);
        tally.lookup("", LookupOutcome.FOUND);
        line.is(Line.State.LOSING_REPLIES);
        assertThat(tally.add()
                        .onFailure(RedisUnavailableException.class)
                        .recoverWithNull()
                        .await()
                        .atMost(LONGEST))
                .isNull();
        tally.lookup("", LookupOutcome.FOUND);
        line.is(Line.State.UP);

        add(tally);

        assertThat(sums(hour, hour.plus(1, ChronoUnit.HOURS))).containsExactly(Map.entry("lookup|FOUND", 2L));
    }

    @Test
    void shouldTakeOnlyTheHoursOfThePeriod() {
        Tally tally = replica(redis.commands(DEADLINE));
        for (int i = 0; i < 50; i++) {
            tally.lookup("", LookupOutcome.FOUND);
            clock.advance(Duration.ofHours(1));
        }
        add(tally);

        assertThat(sums(hour.plus(3, ChronoUnit.HOURS), hour.plus(40, ChronoUnit.HOURS)))
                .containsExactly(Map.entry("lookup|FOUND", 37L));
    }

    @Test
    void shouldCountTheBudgetWithItsMetric() {
        Tally tally = new Tally(
                redis.commands(DEADLINE),
                null,
                null,
                TallyFixture.config(),
                metrics,
                TestMetrics.report(),
                Clock.systemUTC());
        metrics.budget("servicenow", "LOOKUP", "admitted");
        metrics.budget("servicenow", "LOOKUP", "admitted");
        Instant now = Instant.now().truncatedTo(ChronoUnit.HOURS);

        add(tally);

        assertThat(sums(now.minus(1, ChronoUnit.HOURS), now.plus(2, ChronoUnit.HOURS)))
                .containsExactly(Map.entry("budget|servicenow|LOOKUP|admitted", 2L));
    }

    @Test
    void shouldExpire() {
        Tally tally = replica(redis.commands(DEADLINE));
        tally.lookup("conversation", LookupOutcome.FOUND);

        add(tally);

        List<String> keys = new ArrayList<>();
        redis.commands(DEADLINE)
                .send(Command.KEYS, "*")
                .await()
                .atMost(LONGEST)
                .forEach(key -> keys.add(key.toString()));
        assertThat(keys).hasSize(3).allSatisfy(key -> {
            assertThat(key).startsWith("ib:{tally}:").doesNotContain("conversation");
            assertThat(redis.commands(DEADLINE)
                            .send(Command.PTTL, key)
                            .await()
                            .atMost(LONGEST)
                            .toLong())
                    .isPositive();
        });
    }

    private Tally replica(RedisCommands commands) {
        return TallyFixture.replica(commands, metrics, clock);
    }

    private static void add(Tally tally) {
        tally.add().await().atMost(LONGEST);
    }

    private Map<String, Long> sums(Instant from, Instant to) {
        return new TallyStore(redis.commands(DEADLINE))
                .sum(List.of("ib:{tally}:"), from, to)
                .await()
                .atMost(LONGEST);
    }
}
