package io.incidentbridge.outbox;

import static io.incidentbridge.outbox.OutboxFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.outbox.OutboxQueue.Settled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Any interleaving of adding, claiming, ending and dying of several workers: nobody has what another one has, each order is
 * kept, and in the end everything that was added has been done or is a dead letter, once.
 */
class OutboxPropertyRedisTest {

    private static final int ORDERS = 3;
    private static final int WORKERS = 3;

    private static OutboxFixture fixture;

    enum Act {
        ADD,
        ADD_AGAIN,
        CLAIM,
        FINISH,
        RETRY,
        WAIT,
        BURY,
        DIE,
        PAUSE_ENDS
    }

    record Step(Act act, int worker, int order) {}

    @BeforeContainer
    static void start() {
        fixture = new OutboxFixture(Map.of("shards", "2"));
    }

    @AfterContainer
    static void stop() {
        fixture.close();
    }

    @Property(tries = 150)
    void shouldLoseNothingAndDoNothingTwice(@ForAll("steps") List<Step> steps) {
        World world = new World();
        steps.forEach(world::take);
        world.drain();
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Act> acts = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(6, Arbitraries.just(Act.ADD)),
                net.jqwik.api.Tuple.of(2, Arbitraries.just(Act.ADD_AGAIN)),
                net.jqwik.api.Tuple.of(8, Arbitraries.just(Act.CLAIM)),
                net.jqwik.api.Tuple.of(4, Arbitraries.just(Act.FINISH)),
                net.jqwik.api.Tuple.of(2, Arbitraries.just(Act.RETRY)),
                net.jqwik.api.Tuple.of(1, Arbitraries.just(Act.WAIT)),
                net.jqwik.api.Tuple.of(1, Arbitraries.just(Act.BURY)),
                net.jqwik.api.Tuple.of(3, Arbitraries.just(Act.DIE)),
                net.jqwik.api.Tuple.of(3, Arbitraries.just(Act.PAUSE_ENDS)));
        return Combinators.combine(
                        acts,
                        Arbitraries.integers().between(0, WORKERS - 1),
                        Arbitraries.integers().between(0, ORDERS - 1))
                .as(Step::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(40);
    }

    /** What the workers know, and what must be true of it. */
    private static final class World {

        private final String kind = "k" + UUID.randomUUID().toString().substring(0, 12);
        private final List<List<String>> added = new ArrayList<>();
        private final List<OutboxItem> inHand = new ArrayList<>();
        private final List<OutboxItem> stale = new ArrayList<>();
        private final Map<Integer, Integer> ended = new HashMap<>();
        private final Set<String> paused = new HashSet<>();

        World() {
            for (int i = 0; i < ORDERS; i++) {
                added.add(new ArrayList<>());
            }
        }

        void take(Step step) {
            switch (step.act()) {
                case ADD -> add(step.order(), added.get(step.order()).size(), true);
                case ADD_AGAIN -> {
                    if (!added.get(step.order()).isEmpty()) {
                        add(step.order(), 0, false);
                    }
                }
                case CLAIM -> claim();
                case FINISH -> end(step, OutboxOutcome.done(""));
                case BURY -> end(step, OutboxOutcome.dead("refused", ""));
                case RETRY -> pause(step, OutboxOutcome.retry("no", Duration.ofHours(1)));
                case WAIT -> pause(step, OutboxOutcome.wait("no", Duration.ofHours(1)));
                case DIE -> die(step);
                case PAUSE_ENDS -> {
                    paused.forEach(id -> fixture.fallDue(id, kind));
                    paused.clear();
                }
            }
        }

        void drain() {
            take(new Step(Act.PAUSE_ENDS, 0, 0));
            while (ended.values().stream().mapToInt(Integer::intValue).sum()
                    < added.stream().mapToInt(List::size).sum()) {
                int before = inHand.size();
                claim();
                assertThat(inHand.size() + before).as("nothing is forgotten").isPositive();
                while (!inHand.isEmpty()) {
                    end(new Step(Act.FINISH, 0, 0), OutboxOutcome.done(""));
                }
            }
            claim();
            assertThat(inHand).isEmpty();
            // Whoever comes too late changes nothing.
            stale.forEach(item -> assertThat(settle(item, OutboxOutcome.retry("late", Duration.ZERO)))
                    .isEqualTo(Settled.LOST));
            claim();
            assertThat(inHand).isEmpty();
        }

        private void add(int order, int number, boolean isNew) {
            OutboxReceipt receipt =
                    await(fixture.outbox().add(new NewOutboxItem(kind, kind + order, order + ":" + number, "{}")));
            assertThat(receipt.added()).isEqualTo(isNew);
            if (isNew) {
                added.get(order).add(receipt.id());
            }
        }

        private void claim() {
            fixture.claim(kind, 2).forEach(item -> {
                assertThat(inHand).extracting(OutboxItem::id).doesNotContain(item.id());
                assertThat(paused).doesNotContain(item.id());
                int order = orderOf(item);
                assertThat(added.get(order).indexOf(item.id()))
                        .as("the first of its order that is not ended")
                        .isEqualTo(ended.getOrDefault(order, 0));
                inHand.add(item);
            });
        }

        private void end(Step step, OutboxOutcome outcome) {
            if (!inHand.isEmpty()) {
                OutboxItem item = inHand.remove(step.worker() % inHand.size());
                assertThat(settle(item, outcome)).isNotEqualTo(Settled.LOST);
                ended.merge(orderOf(item), 1, Integer::sum);
            }
        }

        private void pause(Step step, OutboxOutcome outcome) {
            if (!inHand.isEmpty()) {
                OutboxItem item = inHand.remove(step.worker() % inHand.size());
                assertThat(settle(item, outcome)).isEqualTo(Settled.OK);
                paused.add(item.id());
            }
        }

        /** Its claim runs out; it may yet come back and try to note what it did. */
        private void die(Step step) {
            if (!inHand.isEmpty()) {
                OutboxItem item = inHand.remove(step.worker() % inHand.size());
                stale.add(item);
                fixture.fallDue(item.id(), kind);
            }
        }

        private int orderOf(OutboxItem item) {
            for (int order = 0; order < ORDERS; order++) {
                if (added.get(order).contains(item.id())) {
                    return order;
                }
            }
            throw new AssertionError("never added: " + item.id());
        }

        private Settled settle(OutboxItem item, OutboxOutcome outcome) {
            return await(
                    fixture.queue().settle(item, outcome, outcome.after() == null ? Duration.ZERO : outcome.after()));
        }
    }
}
