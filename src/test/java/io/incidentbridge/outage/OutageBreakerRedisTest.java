package io.incidentbridge.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.incidentbridge.outage.OutageState.Mode;
import io.incidentbridge.outage.OutageState.Why;
import io.incidentbridge.redis.TestRedis;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two replicas on one Redis. Each test has a topic of its own. */
class OutageBreakerRedisTest {

    private static final Why OPS = Why.operator("ops", "a reason");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static TestRedis redis;

    private final String topic = "topic-" + UUID.randomUUID();
    private final OutageFixture first = replica();
    private final OutageFixture second = replica();

    @BeforeAll
    static void start() {
        redis = new TestRedis();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @Test
    void shouldOpenForAllReplicasByOneTransitionWhenCallsSurge() {
        first.calls(topic, 60);
        second.calls(topic, 40);

        IntStream.range(0, 5).forEach(i -> Uni.join()
                .all(List.of(first.breaker().view(topic), second.breaker().view(topic)))
                .andFailFast()
                .await()
                .atMost(PATIENCE));
        first.tick();
        second.tick();

        assertThat(first.view(topic).mode()).isEqualTo(OutageView.Mode.CATASTROPHE);
        assertThat(second.view(topic).outageId()).isEqualTo(first.view(topic).outageId());
        assertThat(transitions()).hasSize(1);
        assertThat(transitions().get(0).detail()).startsWith("calls=100 ");
    }

    @Test
    void shouldStoreOneTransitionWhenBothReplicasTripAtOnce() {
        first.calls(topic, 100);

        Uni.join()
                .all(List.of(first.ticking(), second.ticking(), first.ticking(), second.ticking()))
                .andFailFast()
                .await()
                .atMost(PATIENCE);

        assertThat(transitions()).hasSize(1);
    }

    @Test
    void shouldLeaveOtherTopicsAlone() {
        first.calls(topic, 100);
        first.tick();

        assertThat(first.isNoted(topic)).isTrue();
        assertThat(first.isNoted("another-" + topic)).isFalse();
    }

    @Test
    void shouldLetATricklePassWhileHalfOpenAllReplicasTogether() {
        first.operate(topic, (state, now) -> first.policy().onTrip(state, OPS, null, now));
        first.operate(topic, (state, now) -> first.policy().onMasterResolved(state, OPS, now));
        second.tick();

        long tickets = IntStream.range(0, 20)
                .filter(i -> !(i % 2 == 0 ? first : second).isNoted(topic))
                .count();

        assertThat(second.view(topic).mode()).isEqualTo(OutageView.Mode.RECOVERING);
        // Three at once; on a slow machine one more may have become due meanwhile.
        assertThat(tickets).isBetween(3L, 4L);
    }

    @Test
    void shouldRecoverByItselfWhenItIsCalm() {
        OutageFixture quick = replica("window", "1200ms", "min-open", "1ms", "calm-for", "1ms", "close-after", "1ms");
        quick.calls(topic, 100);
        quick.tick();
        assertThat(quick.view(topic).mode()).isEqualTo(OutageView.Mode.CATASTROPHE);

        await().atMost(PATIENCE).until(() -> {
            quick.tick();
            return quick.view(topic).mode() == OutageView.Mode.NORMAL;
        });

        assertThat(transitions()).extracting(Transition::to).containsExactly(Mode.CLOSED, Mode.HALF_OPEN, Mode.OPEN);
    }

    @Test
    void shouldNotBeOpenedAgainByTheSurgeThatOpenedIt() {
        first.calls(topic, 100);
        first.tick();
        first.operate(topic, (state, now) -> first.policy().onMasterResolved(state, OPS, now));

        first.tick();

        assertThat(first.view(topic).mode()).isEqualTo(OutageView.Mode.RECOVERING);
    }

    @Test
    void shouldStayClosedAfterAResetHoweverManyCallsCameBefore() {
        first.calls(topic, 100);
        first.tick();
        first.operate(topic, (state, now) -> first.policy().onReset(state, OPS, now));

        first.tick();
        second.tick();

        assertThat(second.isNoted(topic)).isFalse();
        assertThat(transitions()).extracting(Transition::to).containsExactly(Mode.CLOSED, Mode.OPEN);
    }

    @Test
    void shouldOpenWhileTheOutboxDoesNotTellHowMuchWaits() {
        first.backlog = Uni.createFrom().failure(new IllegalStateException("as the test wants"));
        first.calls(topic, 100);

        first.tick();

        assertThat(first.isNoted(topic)).isTrue();
    }

    @Test
    void shouldKeepAnOperatorsStateAndTellWhoAndWhy() {
        first.operate(topic, (state, now) -> first.policy().onForce(state, Mode.CLOSED, OPS, null, now));
        first.calls(topic, 1000);

        first.tick();
        second.tick();

        assertThat(second.isNoted(topic)).isFalse();
        assertThat(transitions()).singleElement().satisfies(held -> {
            assertThat(held.actor()).isEqualTo("ops");
            assertThat(held.held()).isTrue();
        });
    }

    @Test
    void shouldOnlyTellWhatItWouldDoInADryRun() {
        OutageFixture dry = replica("operation", "dry-run");
        dry.calls(topic, 100);

        dry.tick();

        assertThat(dry.isNoted(topic)).isFalse();
        assertThat(transitions()).singleElement().satisfies(told -> {
            assertThat(told.to()).isEqualTo(Mode.OPEN);
            assertThat(told.dryRun()).isTrue();
        });
    }

    @Test
    void shouldCountNoMoreTopicsThanConfigured() {
        OutageFixture narrow = replica("most-topics", "1");
        first.calls(topic, 1);

        narrow.calls("one-too-many-" + topic, 1000);
        narrow.tick();

        assertThat(narrow.isNoted("one-too-many-" + topic)).isFalse();
    }

    /** Redis of its own, as it loses what others hold. */
    @Test
    void shouldBringTheStateBackWhenRedisHasLostIt() {
        try (TestRedis fragile = new TestRedis()) {
            OutageFixture replica = new OutageFixture(fragile.commands(Duration.ofSeconds(2)), "copy-age", "1ms");
            replica.operate(topic, (state, now) -> replica.policy().onForce(state, Mode.OPEN, OPS, null, now));
            String outage = replica.view(topic).outageId();

            fragile.stop();
            assertThat(replica.view(topic).mode()).isEqualTo(OutageView.Mode.CATASTROPHE);
            assertThat(replica.isNoted(topic)).isTrue();
            fragile.start();

            await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
                replica.tick();
                OutageFixture newcomer = new OutageFixture(fragile.commands(Duration.ofSeconds(2)));
                assertThat(newcomer.view(topic).outageId()).isEqualTo(outage);
            });
        }
    }

    @Test
    void shouldOpenTheWholeServiceDeskWhenReplicasAreRefusedTogether() {
        try (TestRedis own = new TestRedis()) {
            OutageFixture one = new OutageFixture(own.commands(Duration.ofSeconds(2)));
            OutageFixture other = new OutageFixture(own.commands(Duration.ofSeconds(2)));
            one.refusals = 12;
            other.refusals = 8;

            one.tick();
            other.tick();

            assertThat(other.view(topic).mode()).isEqualTo(OutageView.Mode.CATASTROPHE);
            assertThat(other.view(topic).topic()).isEqualTo("global");
        }
    }

    @Test
    void shouldOpenTheWholeServiceDeskWhenHalfOfTheReplicasGetNoAnswer() {
        try (TestRedis own = new TestRedis()) {
            List<OutageFixture> replicas = IntStream.range(0, 3)
                    .mapToObj(i -> new OutageFixture(own.commands(Duration.ofSeconds(2)), "silence", "60s"))
                    .toList();
            replicas.forEach(OutageFixture::tick);

            replicas.get(0).down = true;
            replicas.forEach(OutageFixture::tick);
            OutageView.Mode oneOfThree = replicas.get(2).view(topic).mode();
            replicas.get(1).down = true;
            replicas.forEach(OutageFixture::tick);

            assertThat(oneOfThree).isEqualTo(OutageView.Mode.NORMAL);
            assertThat(replicas.get(2).view(topic).mode()).isEqualTo(OutageView.Mode.CATASTROPHE);
        }
    }

    @Test
    void shouldOpenTheWholeServiceDeskWhenTicketsWaitTooLong() {
        try (TestRedis own = new TestRedis()) {
            OutageFixture replica = new OutageFixture(own.commands(Duration.ofSeconds(2)));
            replica.waiting = new OutageWorker.Waiting(10, 12);

            replica.tick();

            assertThat(replica.view(topic).mode()).isEqualTo(OutageView.Mode.CATASTROPHE);
        }
    }

    private List<Transition> transitions() {
        return first.store().history().await().atMost(PATIENCE).stream()
                .filter(transition -> transition.topic().equals(topic))
                .toList();
    }

    private static OutageFixture replica(String... properties) {
        String[] all = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of("trickle.calls", "3", "trickle.period", "60s"),
                        java.util.stream.Stream.of(properties))
                .toArray(String[]::new);
        return new OutageFixture(redis.commands(Duration.ofSeconds(2)), all);
    }
}
