package io.incidentbridge.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.redis.TestRedis;
import io.incidentbridge.redis.TestRedis.Line.State;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * The bound against a brute-force count at the vendor, on the real scripts in a real Redis: any interleaving of admissions
 * by lanes, heartbeats, lost commands, lost replies, outages, empty restarts; or replicas that die and come back.
 */
class BudgetBoundRedisTest {

    private static final int REPLICAS = 3;
    private static final int LIMIT = 30;
    private static final long PERIOD = 1000;
    private static final long MARGIN = 50;

    private static TestRedis redis;
    private static TestRedis.Line admin;

    @BeforeContainer
    static void start() {
        redis = new TestRedis();
        admin = redis.line(Duration.ofSeconds(5));
    }

    @AfterContainer
    static void stop() {
        redis.close();
    }

    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    void shouldNeverExceedTheLimitInAnySlidingWindow(@ForAll("stories") List<Consumer<World>> story) {
        // given
        World world = world();

        // when
        story.forEach(step -> step.accept(world));

        // then
        assertThat(world.vendor().mostIn(PERIOD)).isLessThanOrEqualTo(LIMIT);
    }

    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void shouldNeverExceedTheLimitWhenReplicasDieAndComeBack(@ForAll("lives") List<Consumer<World>> story) {
        // given
        World world = world();

        // when
        story.forEach(step -> step.accept(world));

        // then
        assertThat(world.vendor().mostIn(PERIOD)).isLessThanOrEqualTo(LIMIT);
    }

    @Property(tries = 20, shrinking = ShrinkingMode.OFF)
    void shouldServeAgainOnceEveryReplicaIsBack(@ForAll("lives") List<Consumer<World>> story) {
        serveAgain(story);
    }

    @Property(tries = 40, shrinking = ShrinkingMode.OFF)
    void shouldServeAgainAfterwards(@ForAll("stories") List<Consumer<World>> story) {
        serveAgain(story);
    }

    private static void serveAgain(List<Consumer<World>> story) {
        // given
        World world = world();
        story.forEach(step -> step.accept(world));
        world.lines(State.UP);
        IntStream.range(0, REPLICAS).forEach(world::start);

        // when
        world.pass(3000);
        int before = world.vendor().total();
        for (int i = 0; i < 40; i++) {
            world.pass(50);
            for (int replica = 0; replica < REPLICAS; replica++) {
                world.take(replica, Lane.LOOKUP, 3, 0);
            }
        }

        // then: two periods' worth, less reserve and margin
        assertThat(world.vendor().total() - before).isGreaterThan((int) (2 * 0.8 * LIMIT));
        assertThat(world.vendor().mostIn(PERIOD)).isLessThanOrEqualTo(LIMIT);
    }

    @Example
    void shouldServeAtOnceAfterAllWereKilledAndStartedAgain() {
        // given
        World world = world();
        world.pass(2000);
        for (int replica = 0; replica < REPLICAS; replica++) {
            world.take(replica, Lane.LOOKUP, 2, 0);
        }
        IntStream.range(0, REPLICAS).forEach(world::kill);
        world.pass(300);

        // when
        IntStream.range(0, REPLICAS).forEach(world::start);
        world.pass(300);

        // then: all but a fifth each that was used, may have been used by the dead, and is kept for the living on their
        // own
        assertThat(world.take(0, Lane.EMERGENCY, LIMIT, 0)).isGreaterThanOrEqualTo(LIMIT / 3);
        assertThat(world.vendor().mostIn(PERIOD)).isLessThanOrEqualTo(LIMIT);
    }

    @Example
    void shouldHaveItsRoomAgainAfterAWindowWhenAllWereKilledUnderFullLoad() {
        // given
        World world = world();
        for (int i = 0; i < 60; i++) {
            world.pass(50);
            world.take(i % REPLICAS, Lane.LOOKUP, 5, 0);
        }
        IntStream.range(0, REPLICAS).forEach(world::kill);
        world.pass(500);

        // when
        IntStream.range(0, REPLICAS).forEach(world::start);
        world.pass(PERIOD + 200);

        // then
        assertThat(world.take(0, Lane.EMERGENCY, LIMIT, 0)).isGreaterThan(LIMIT / 2);
        assertThat(world.vendor().mostIn(PERIOD)).isLessThanOrEqualTo(LIMIT);
    }

    @Example
    void shouldPauseOnItsOwnWhenTheVendorRefusesWithoutRedisAndDoesNotSayForHowLong() {
        // given
        World world = alone();

        // when
        world.refused(0, null);
        world.refused(0, null);
        List<Integer> first = List.of(served(world), after(world, 990), after(world, 20));
        world.refused(0, null);
        List<Integer> second = List.of(served(world), after(world, 1990), after(world, 20));

        // then: half of 2 s, then half of 4 s; the second refusal fell into the pause of the first
        assertThat(first).containsExactly(0, 0, 1);
        assertThat(second).containsExactly(0, 0, 1);
    }

    @Example
    void shouldBeginWithAShortPauseAgainWhenTheVendorHasServedWithoutRedis() {
        // given
        World world = alone();
        world.refused(0, null);
        world.pass(1010);
        world.served(0);

        // when
        world.refused(0, null);

        // then
        assertThat(List.of(after(world, 990), after(world, 20))).containsExactly(0, 1);
    }

    @Example
    void shouldPauseForNoLongerThanConfiguredWhateverTheVendorAsksForWithoutRedis() {
        // given
        World world = alone();

        // when
        world.refused(0, Duration.ofDays(1));

        // then
        assertThat(List.of(after(world, 299_900), after(world, 200))).containsExactly(0, 1);
    }

    private static World alone() {
        World world = world();
        world.pass(2000);
        world.lines(State.DOWN);
        world.pass(100);
        return world;
    }

    private static int after(World world, long ms) {
        world.stall(ms);
        return served(world);
    }

    private static int served(World world) {
        return world.take(0, Lane.LOOKUP, 1, 0);
    }

    /** Settling takes longer than the window here, so that a replica that cannot report has nothing left to report. */
    private static World world() {
        return new World(
                redis,
                admin,
                IntStream.range(0, REPLICAS)
                        .mapToObj(replica -> TestBudgets.config(
                                LIMIT,
                                PERIOD + "ms",
                                MARGIN + "ms",
                                "replicas",
                                Integer.toString(REPLICAS),
                                "silence",
                                "200ms",
                                "absence",
                                "1h",
                                "settle",
                                "1200ms",
                                "identity",
                                "pod-" + replica))
                        .toList());
    }

    @Provide
    Arbitrary<List<Consumer<World>>> stories() {
        return list(Arbitraries.frequencyOf(Tuple.of(31, steps()), Tuple.of(1, Arbitraries.just(World::emptyRedis))));
    }

    /** Not together with empty restarts: what a replica that dies with Redis' data has admitted, nobody knows. */
    @Provide
    Arbitrary<List<Consumer<World>>> lives() {
        Arbitrary<Consumer<World>> kill = who().map(replica -> world -> world.kill(replica));
        Arbitrary<Consumer<World>> start = who().map(replica -> world -> world.start(replica));
        Arbitrary<Consumer<World>> crash = Combinators.combine(
                        who(),
                        Arbitraries.longs().between(1, 1200),
                        Arbitraries.longs().between(1, 300))
                .as((replica, alone, dead) -> world -> crash(world, replica, alone, dead));
        return list(Arbitraries.frequencyOf(
                Tuple.of(31, steps()), Tuple.of(2, kill), Tuple.of(4, start), Tuple.of(3, crash)));
    }

    /** One uses all it has on its own, dies, and is back; then everyone uses all there is, with Redis and without. */
    private static void crash(World world, int replica, long alone, long dead) {
        world.line(replica, State.DOWN);
        world.pass(alone);
        world.take(replica, Lane.LOOKUP, LIMIT, 0);
        world.kill(replica);
        world.pass(dead);
        world.line(replica, State.UP);
        world.start(replica);
        world.pass(50);
        IntStream.range(0, REPLICAS).forEach(other -> world.take(other, Lane.EMERGENCY, LIMIT, 0));
        world.lines(State.DOWN);
        IntStream.range(0, REPLICAS).forEach(other -> world.take(other, Lane.EMERGENCY, LIMIT, 0));
        world.lines(State.UP);
    }

    private static Arbitrary<List<Consumer<World>>> list(Arbitrary<Consumer<World>> steps) {
        return steps.list().ofMinSize(20).ofMaxSize(120);
    }

    private static Arbitrary<Integer> who() {
        return Arbitraries.integers().between(0, REPLICAS - 1);
    }

    private static Arbitrary<Consumer<World>> steps() {
        Arbitrary<Integer> howMany = Arbitraries.integers().between(1, 40);
        Arbitrary<Long> delay = Arbitraries.longs().between(0, MARGIN);
        Arbitrary<Consumer<World>> take = Combinators.combine(who(), Arbitraries.of(Lane.class), howMany, delay)
                .as((replica, lane, count, late) -> world -> world.take(replica, lane, count, late));
        Arbitrary<Consumer<World>> pass = Arbitraries.longs().between(1, 400).map(ms -> world -> world.pass(ms));
        Arbitrary<Consumer<World>> stall = Arbitraries.longs().between(1, 1500).map(ms -> world -> world.stall(ms));
        Arbitrary<Consumer<World>> beat = who().map(replica -> world -> world.beat(replica));
        Arbitrary<Consumer<World>> cut = Combinators.combine(who(), Arbitraries.of(State.class))
                .as((replica, state) -> world -> world.line(replica, state));
        Arbitrary<Consumer<World>> all = Arbitraries.of(State.class).map(state -> world -> world.lines(state));
        return Arbitraries.frequencyOf(
                Tuple.of(12, take),
                Tuple.of(10, pass),
                Tuple.of(1, stall),
                Tuple.of(3, beat),
                Tuple.of(3, cut),
                Tuple.of(2, all));
    }
}
