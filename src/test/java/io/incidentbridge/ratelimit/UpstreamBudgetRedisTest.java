package io.incidentbridge.ratelimit;

import static io.incidentbridge.ratelimit.TestBudgets.VENDOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.incidentbridge.redis.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UpstreamBudgetRedisTest {

    private static final Duration DEADLINE = Duration.ofMillis(500);
    private static final long PERIOD = 2000;
    /** Wide: between Redis' decision and the count lies a burst of replies in a JVM that is still compiling. */
    private static final long MARGIN = 250;

    private final TestRedis redis = new TestRedis();
    private final List<UpstreamBudget> replicas = new ArrayList<>();
    private final List<Takers> takers = new ArrayList<>();
    private final Vendor vendor = new Vendor();

    @AfterEach
    void stop() {
        takers.forEach(Takers::stop);
        replicas.forEach(replica -> replica.stop(null));
        redis.close();
    }

    @Test
    void shouldAdmitAFullBurstOfLookupsAtOnce() {
        // given
        UpstreamBudget budget = replica(200, 1);
        connected(budget);

        // when
        int admitted = burst(budget, Lane.LOOKUP, 200, Duration.ofMillis(1500));

        // then: all but the emergency's reserve and what is kept for a replica on its own
        assertThat(admitted).isBetween(185, 200);
    }

    @Test
    void shouldUseTheBudgetAndNeverExceedItWhenTicketsAreOfferedTenfoldByFourReplicas() {
        // given
        for (int i = 0; i < 4; i++) {
            replica(500, 4);
        }
        connected(replicas.get(3));

        // when
        long start = now();
        replicas.forEach(budget -> offer(budget, Lane.TICKET, 300));
        await().atMost(Duration.ofSeconds(15)).until(() -> now() - start > 3 * PERIOD);

        // then
        await("a window that is used, as soon as the machine has time for one")
                .atMost(Duration.ofSeconds(60))
                .until(() -> vendor.between(now() - PERIOD, now()) > 0.80 * 500);
        assertThat(vendor.mostIn(PERIOD)).isLessThanOrEqualTo(500);
    }

    @Test
    void shouldServeLookupsWhileTicketsAreSaturated() {
        // given
        UpstreamBudget budget = replica(500, 1);
        connected(budget);
        offer(budget, Lane.TICKET, 300);
        await().until(() -> vendor.total() > 450);

        // when
        int admitted = burst(budget, Lane.LOOKUP, 60, Duration.ofMillis(1500));

        // then
        assertThat(admitted).isEqualTo(60);
        assertThat(vendor.mostIn(PERIOD)).isLessThanOrEqualTo(500);
    }

    @Test
    void shouldKeepTheBoundWhenRedisDiesAndComesBackEmptyUnderLoad() {
        // given
        for (int i = 0; i < 3; i++) {
            replica(300, 3);
        }
        connected(replicas.get(2));
        replicas.forEach(budget -> offer(budget, Lane.LOOKUP, 100));
        replicas.forEach(budget -> offer(budget, Lane.TICKET, 100));
        await().until(() -> vendor.total() > 600);

        // when
        redis.stop();
        long lost = now();
        await().atMost(Duration.ofSeconds(15)).until(() -> now() - lost > 4 * PERIOD);
        // Room comes in bursts, as the window and its margin end: at least one of them in two periods, two in three.
        await("served without Redis")
                .atMost(Duration.ofSeconds(60))
                .until(() -> vendor.between(now() - 2 * PERIOD, now()) > 250);
        redis.start();
        long back = now();
        await().atMost(Duration.ofSeconds(15)).until(() -> now() - back > 3 * PERIOD);

        // then
        await("served after its return")
                .atMost(Duration.ofSeconds(60))
                .until(() -> vendor.between(now() - 3 * PERIOD, now()) > 500);
        assertThat(vendor.mostIn(PERIOD)).isLessThanOrEqualTo(300);
    }

    @Test
    void shouldPauseEveryReplicaWhenOneIsRefused() {
        // given
        UpstreamBudget one = replica(500, 2);
        UpstreamBudget other = replica(500, 2);
        connected(one);
        connected(other);

        // when
        one.onAnswer(VENDOR, 429, Duration.ofSeconds(30));

        // then
        await().untilAsserted(() ->
                assertThat(burst(other, Lane.LOOKUP, 1, Duration.ZERO)).isZero());
        assertThat(burst(other, Lane.EMERGENCY, 5, Duration.ZERO)).as("probes").isEqualTo(1);
    }

    @Test
    void shouldLetALowerLimitOfTheVendorHold() {
        // given
        UpstreamBudget budget = replica(500, 1);
        connected(budget);

        // when
        budget.onLimit(VENDOR, "", 10, Duration.ofMillis(PERIOD));

        // then
        await().untilAsserted(() ->
                assertThat(burst(budget, Lane.LOOKUP, 20, Duration.ZERO)).isZero());
    }

    @Test
    void shouldNotSendWhatAPauseOfTheProcessHasMadeTooLate() {
        // given
        TestRedis.Line line = redis.line(DEADLINE);
        UpstreamBudget budget = TestBudgets.started(config(100, 1), line);
        replicas.add(budget);
        connected(budget);

        // when
        line.late(true);
        int late = burst(budget, Lane.LOOKUP, 10, Duration.ZERO);
        line.late(false);

        // then
        assertThat(late).isZero();
        assertThat(burst(budget, Lane.LOOKUP, 100, Duration.ZERO))
                .as("what was taken stays taken")
                .isBetween(1, 89);
    }

    private UpstreamBudget replica(long limit, int replicas) {
        UpstreamBudget budget = TestBudgets.started(config(limit, replicas), redis.commands(DEADLINE));
        this.replicas.add(budget);
        return budget;
    }

    private static BudgetConfig config(long limit, int replicas) {
        return TestBudgets.config(
                limit,
                PERIOD + "ms",
                MARGIN + "ms",
                "replicas",
                Integer.toString(replicas),
                "silence",
                "800ms",
                "settle",
                "2s");
    }

    private void connected(UpstreamBudget budget) {
        await().until(() -> burst(budget, Lane.TICKET, 1, Duration.ZERO) == 1);
    }

    private void offer(UpstreamBudget budget, Lane lane, int atOnce) {
        Takers started = new Takers(budget, lane, vendor);
        takers.add(started);
        started.start(atOnce);
    }

    private int burst(UpstreamBudget budget, Lane lane, int count, Duration wait) {
        AtomicInteger admitted = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        for (int i = 0; i < count; i++) {
            budget.take(VENDOR, "", BudgetRequest.within(lane, wait))
                    .onTermination()
                    .invoke(done::incrementAndGet)
                    .subscribe()
                    .with(
                            taken -> {
                                vendor.arrived(now());
                                admitted.incrementAndGet();
                            },
                            refused -> {});
        }
        await().until(() -> done.get() == count);
        return admitted.get();
    }

    private static long now() {
        return BudgetRequest.monotonicMillis();
    }
}
