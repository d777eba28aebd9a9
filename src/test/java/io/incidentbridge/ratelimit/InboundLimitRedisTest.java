package io.incidentbridge.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.metrics.TestMetrics;
import io.incidentbridge.redis.TestRedis;
import io.incidentbridge.redis.TestRedis.Line;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class InboundLimitRedisTest {

    private static TestRedis redis;

    private final Line line = redis.line(Duration.ofSeconds(2));

    @BeforeAll
    static void start() {
        redis = new TestRedis();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @Test
    void shouldRefuseWhatExceedsTheBurstAndSayWhenToComeBack() {
        // given
        InboundLimit limit = limit("enforce");

        // when
        long within = IntStream.range(0, 8)
                .filter(i -> count(limit, "refusing").orElseThrow().within())
                .count();

        // then
        InboundQuota quota = count(limit, "refusing").orElseThrow();
        assertThat(within).isEqualTo(5);
        assertThat(quota.within()).isFalse();
        assertThat(quota.policyField()).isEqualTo("\"caller.lookup\";q=5;w=50");
        assertThat(quota.stateField()).matches("\"caller.lookup\";r=0;t=(9|10)");
        assertThat(quota.retryAfterSeconds()).isBetween(9L, 10L);
    }

    @Test
    void shouldSayHowManyAreLeft() {
        InboundLimit limit = limit("enforce");

        assertThat(count(limit, "counting").orElseThrow().left()).isEqualTo(4);
        assertThat(count(limit, "counting").orElseThrow().left()).isEqualTo(3);
    }

    @Test
    void shouldLimitClientsApart() {
        InboundLimit limit = limit("enforce");
        IntStream.range(0, 6).forEach(i -> count(limit, "greedy"));

        assertThat(count(limit, "modest").orElseThrow().within()).isTrue();
    }

    @Test
    void shouldLetEverythingThroughInShadowMode() {
        InboundLimit limit = limit("shadow");

        assertThat(IntStream.range(0, 10).mapToObj(i -> count(limit, "shadow"))).allMatch(Optional::isEmpty);
    }

    @Test
    void shouldLetEverythingThroughWithoutRedis() {
        line.is(Line.State.DOWN);

        assertThat(count(limit("enforce"), "alone")).isEmpty();
    }

    private static Optional<InboundQuota> count(InboundLimit limit, String client) {
        return limit.count(client, "caller.lookup").await().indefinitely();
    }

    private InboundLimit limit(String mode) {
        InboundConfig config = TestBudgets.mapped(
                InboundConfig.class,
                Map.of(
                        "bridge.inbound.mode", mode,
                        "bridge.inbound.operations.\"caller.lookup\".limit", "6",
                        "bridge.inbound.operations.\"caller.lookup\".period", "60s",
                        "bridge.inbound.operations.\"caller.lookup\".burst", "5"));
        return new InboundLimit(config, line, TestMetrics.create());
    }
}
