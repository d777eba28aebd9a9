package io.incidentbridge.idempotency;

import static io.incidentbridge.idempotency.StoreFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.idempotency.Standing.Kind;
import java.util.List;
import java.util.Optional;
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
 * Any interleaving of several owners' steps on one key: the scripts agree with {@link KeyModel}, and what the model allows
 * never begins the effect afresh while it may have happened.
 */
class IdempotencyPropertyRedisTest {

    private static final int OWNERS = 3;

    private static StoreFixture fixture;

    enum Act {
        BEGIN,
        BEGIN_OTHER_PAYLOAD,
        EFFECT,
        FINISH,
        ABANDON,
        LOSE,
        CLAIM_RUNS_OUT,
        KEY_EXPIRES
    }

    record Step(int owner, Act act) {}

    @BeforeContainer
    static void start() {
        fixture = new StoreFixture();
    }

    @AfterContainer
    static void stop() {
        fixture.close();
    }

    @Property(tries = 300)
    void shouldHaveOneEffectWhileItsOutcomeIsKnown(@ForAll("steps") List<Step> steps) {
        IdempotencyKey key = StoreFixture.key(UUID.randomUUID().toString());
        KeyModel model = new KeyModel(OWNERS);
        for (Step step : steps) {
            take(key, model, step);
            assertThat(Optional.ofNullable(fixture.field(key, "state"))).isEqualTo(model.state());
            assertThat(model.blindEffects()).as("effects begun afresh").isLessThanOrEqualTo(1);
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Act> acts = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(6, Arbitraries.just(Act.BEGIN)),
                net.jqwik.api.Tuple.of(1, Arbitraries.just(Act.BEGIN_OTHER_PAYLOAD)),
                net.jqwik.api.Tuple.of(5, Arbitraries.just(Act.EFFECT)),
                net.jqwik.api.Tuple.of(2, Arbitraries.just(Act.FINISH)),
                net.jqwik.api.Tuple.of(2, Arbitraries.just(Act.ABANDON)),
                net.jqwik.api.Tuple.of(2, Arbitraries.just(Act.LOSE)),
                net.jqwik.api.Tuple.of(3, Arbitraries.just(Act.CLAIM_RUNS_OUT)),
                net.jqwik.api.Tuple.of(1, Arbitraries.just(Act.KEY_EXPIRES)));
        return Combinators.combine(Arbitraries.integers().between(0, OWNERS - 1), acts)
                .as(Step::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(40);
    }

    private static void take(IdempotencyKey key, KeyModel model, Step step) {
        int owner = step.owner();
        switch (step.act()) {
            case BEGIN -> begin(key, model, owner);
            case BEGIN_OTHER_PAYLOAD -> {
                // Only where the key is taken: else the other payload would rightly become the first.
                if (model.state().isPresent()) {
                    assertThat(await(fixture.store.begin(key, "other")).kind()).isEqualTo(Kind.OTHER_PAYLOAD);
                }
            }
            case EFFECT -> model.effect(owner);
            case FINISH ->
                model.claim(owner).ifPresent(claim -> {
                    Reply reply = model.replyOf(owner);
                    assertThat(await(fixture.store.finish(claim, reply))).isEqualTo(model.finish(owner, reply));
                });
            case ABANDON ->
                model.claim(owner).ifPresent(claim -> {
                    boolean certain = !model.hadEffect(owner);
                    assertThat(await(fixture.store.abandon(claim, certain))).isEqualTo(model.abandon(owner, certain));
                });
            case LOSE ->
                model.claim(owner).ifPresent(claim -> {
                    assertThat(await(fixture.store.abandon(claim, false))).isEqualTo(model.abandon(owner, false));
                });
            case CLAIM_RUNS_OUT -> {
                fixture.runOut(key);
                model.claimRunsOut();
            }
            case KEY_EXPIRES -> {
                // A day later: no owner of then is still at work.
                fixture.expire(key);
                model.expire();
            }
        }
    }

    private static void begin(IdempotencyKey key, KeyModel model, int owner) {
        if (model.claim(owner).isPresent()) {
            return;
        }
        Standing standing = await(fixture.store.begin(key, "payload"));
        assertThat(standing.kind()).isEqualTo(model.begin());
        switch (standing.kind()) {
            case RUN, RESUME -> model.own(owner, standing.claim());
            case REPLAY -> assertThat(standing.reply()).isEqualTo(model.reply());
            case BUSY, TOO_LARGE, OTHER_PAYLOAD -> assertThat(standing.claim()).isNull();
        }
    }
}
