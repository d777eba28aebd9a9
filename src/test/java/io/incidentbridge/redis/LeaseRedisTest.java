package io.incidentbridge.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.incidentbridge.redis.TestRedis.Line;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Leases of which Redis' answer does not come back: nobody may be kept from them by nobody. */
class LeaseRedisTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Far beyond the end of a test. */
    private static final Duration LENGTH = Duration.ofMinutes(10);

    private static TestRedis redis;
    private static int tests;

    private final String key = "ib:{lease}:" + tests++;
    private final Line line = redis.line(Duration.ofSeconds(5));
    private final Lease here = new Lease(line);
    private final Lease elsewhere = new Lease(redis.commands(Duration.ofSeconds(5)));

    @BeforeAll
    static void start() {
        redis = new TestRedis();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @Test
    void shouldTakeAnewWhatWasTakenWithoutAWord() {
        line.is(Line.State.LOSING_REPLIES);
        assertThatThrownBy(() -> take(here)).isInstanceOf(RedisUnavailableException.class);
        line.is(Line.State.UP);
        assertThat(take(elsewhere)).isNull();

        HeldLease held = take(here);

        assertThat(held).isNotNull();
        assertThat(done(here.renew(held))).isTrue();
    }

    @Test
    void shouldEndAnEarlierLeaseOfTheSameHolder() {
        HeldLease first = take(here);

        HeldLease second = take(here);

        assertThat(fence(second)).isGreaterThan(fence(first));
        assertThat(done(here.renew(first))).isFalse();
        here.release(first).await().atMost(PATIENCE);
        assertThat(take(elsewhere)).isNull();
        assertThat(done(here.renew(second))).isTrue();
    }

    @Test
    void shouldRaiseTheFenceWithEachHolder() {
        HeldLease first = take(here);
        here.release(first).await().atMost(PATIENCE);

        HeldLease second = take(elsewhere);

        assertThat(fence(second)).isGreaterThan(fence(first));
        assertThat(take(here)).isNull();
    }

    @Test
    void shouldTakeNothingByARequestThatWasHeldUp() {
        assertThat(ask("a", 2)).isNotEmpty();

        assertThat(ask("a", 1)).isEmpty();
        assertThat(ask("a", 3)).isNotEmpty();
    }

    @Test
    void shouldReleaseLaterWhatCouldNotBeReleased() {
        HeldLease held = take(here);
        line.is(Line.State.DOWN);
        here.release(held).await().atMost(PATIENCE);
        assertThat(take(elsewhere)).isNull();

        line.is(Line.State.UP);

        await().atMost(PATIENCE).until(() -> take(elsewhere) != null);
    }

    /** The server does later what it was asked for, when whoever has asked has given up. */
    @Test
    void shouldGiveBackWhatIsTakenTooLate() {
        RedisProcess.assumeSignals();
        try (RedisProcess server = RedisProcess.start();
                RedisFixture other = RedisFixture.standalone(server).connected()) {
            Lease lease = other.lease();
            await().atMost(PATIENCE).until(() -> work(lease).equals("done"));
            server.hang();
            assertThat(work(lease)).startsWith("!");

            server.resume();

            await().atMost(PATIENCE).until(() -> work(lease).equals("done"));
        }
    }

    private String work(Lease lease) {
        return RedisFixture.outcome(lease.holding(
                key,
                LENGTH,
                () -> Uni.createFrom().item("done"),
                () -> Uni.createFrom().item("busy"),
                failure -> false));
    }

    private HeldLease take(Lease lease) {
        return lease.tryAcquire(key, LENGTH).await().atMost(PATIENCE);
    }

    private String ask(String holder, int request) {
        List<String> keys = List.of(key, key + ":fence", key + ":holder");
        List<String> arguments = List.of(Long.toString(LENGTH.toMillis()), holder, Integer.toString(request));
        return line.run(RedisScript.load("lease_acquire"), keys, arguments)
                .await()
                .atMost(PATIENCE)
                .toString();
    }

    private static long fence(HeldLease held) {
        return Long.parseLong(held.fence());
    }

    private static boolean done(Uni<Boolean> step) {
        return step.await().atMost(PATIENCE);
    }
}
