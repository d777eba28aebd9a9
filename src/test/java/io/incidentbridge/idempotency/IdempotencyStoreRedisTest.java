package io.incidentbridge.idempotency;

import static io.incidentbridge.idempotency.StoreFixture.await;
import static io.incidentbridge.idempotency.StoreFixture.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.idempotency.Standing.Kind;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The diagram of {@link IdempotencyStore}, state by event, on a real Redis. */
class IdempotencyStoreRedisTest {

    private static final Reply REPLY = new Reply(201, "application/json", "{\"number\":\"INC0010001\"}");

    private static StoreFixture fixture;

    private final IdempotencyKey key = key(UUID.randomUUID().toString());
    private Claim claim;

    private enum State {
        NONE,
        IN_FLIGHT,
        RUN_OUT,
        IN_DOUBT,
        UNKNOWN_OUTCOME,
        DONE
    }

    private enum Event {
        BEGIN,
        BEGIN_OTHER,
        FINISH,
        FINISH_STALE,
        ABANDON,
        ABANDON_STALE,
        LOSE
    }

    @BeforeAll
    static void start() {
        fixture = new StoreFixture();
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @ParameterizedTest(name = "{0} on {1} answers {2} and becomes {3}")
    @CsvSource({
        "NONE, BEGIN, RUN, IN_FLIGHT",
        "NONE, FINISH_STALE, false,",
        "NONE, ABANDON_STALE, false,",
        "IN_FLIGHT, BEGIN, BUSY, IN_FLIGHT",
        "IN_FLIGHT, BEGIN_OTHER, OTHER_PAYLOAD, IN_FLIGHT",
        "IN_FLIGHT, FINISH, true, DONE",
        "IN_FLIGHT, FINISH_STALE, false, IN_FLIGHT",
        "IN_FLIGHT, ABANDON, true,",
        "IN_FLIGHT, ABANDON_STALE, false, IN_FLIGHT",
        "IN_FLIGHT, LOSE, true, UNKNOWN_OUTCOME",
        "RUN_OUT, BEGIN, RESUME, IN_FLIGHT",
        "RUN_OUT, BEGIN_OTHER, OTHER_PAYLOAD, IN_FLIGHT",
        "RUN_OUT, FINISH, true, DONE",
        "RUN_OUT, ABANDON, true,",
        "IN_DOUBT, BEGIN, BUSY, IN_FLIGHT",
        "IN_DOUBT, FINISH, true, DONE",
        "IN_DOUBT, FINISH_STALE, false, IN_FLIGHT",
        "IN_DOUBT, ABANDON, true, UNKNOWN_OUTCOME",
        "IN_DOUBT, ABANDON_STALE, false, IN_FLIGHT",
        "IN_DOUBT, LOSE, true, UNKNOWN_OUTCOME",
        "UNKNOWN_OUTCOME, BEGIN, RESUME, IN_FLIGHT",
        "UNKNOWN_OUTCOME, BEGIN_OTHER, OTHER_PAYLOAD, UNKNOWN_OUTCOME",
        "UNKNOWN_OUTCOME, FINISH, false, UNKNOWN_OUTCOME",
        "UNKNOWN_OUTCOME, ABANDON, false, UNKNOWN_OUTCOME",
        "DONE, BEGIN, REPLAY, DONE",
        "DONE, BEGIN_OTHER, OTHER_PAYLOAD, DONE",
        "DONE, FINISH, false, DONE",
        "DONE, ABANDON, false, DONE",
        "DONE, LOSE, false, DONE",
    })
    void shouldFollowItsDiagram(State from, Event event, String answer, String to) {
        bring(from);

        assertThat(on(event)).isEqualTo(answer);

        assertThat(fixture.field(key, "state")).isEqualTo(to);
        if (to != null) {
            assertThat(fixture.expiresInMillis(key)).isBetween(80_000_000L, 86_400_000L);
        }
    }

    @Test
    void shouldReplayExactly() {
        bring(State.DONE);

        assertThat(await(fixture.store.begin(key, "payload")).reply()).isEqualTo(REPLY);
    }

    @Test
    @DisplayName("should raise the fence with every owner, also after the key was given up")
    void shouldRaiseFence() {
        bring(State.IN_FLIGHT);
        String first = claim.fence();
        await(fixture.store.abandon(claim, true));
        bring(State.IN_FLIGHT);

        assertThat(Long.parseLong(claim.fence())).isGreaterThan(Long.parseLong(first));
    }

    @Test
    @DisplayName("should not keep a reply beyond the cap, and not do it again either")
    void shouldCapReplies() {
        bring(State.IN_FLIGHT);
        await(fixture.store.finish(claim, new Reply(200, "text/plain", "x".repeat(StoreFixture.LARGEST + 1))));

        assertThat(await(fixture.store.begin(key, "payload")).kind()).isEqualTo(Kind.TOO_LARGE);
    }

    @Test
    @DisplayName("should keep clients and operations apart")
    void shouldScopeKeys() {
        bring(State.DONE);
        IdempotencyKey otherClient = new IdempotencyKey("other", key.operation(), key.key());
        IdempotencyKey otherOperation = new IdempotencyKey(key.client(), "Resource.other", key.key());

        assertThat(await(fixture.store.begin(otherClient, "payload")).kind()).isEqualTo(Kind.RUN);
        assertThat(await(fixture.store.begin(otherOperation, "payload")).kind()).isEqualTo(Kind.RUN);
    }

    private void bring(State state) {
        switch (state) {
            case NONE -> claim = new Claim(fixture.store.name(key), "1", false);
            case IN_FLIGHT -> claim = await(fixture.store.begin(key, "payload")).claim();
            case RUN_OUT -> {
                bring(State.IN_FLIGHT);
                fixture.runOut(key);
            }
            case IN_DOUBT -> {
                bring(State.RUN_OUT);
                bring(State.IN_FLIGHT);
            }
            case UNKNOWN_OUTCOME -> {
                bring(State.IN_FLIGHT);
                await(fixture.store.abandon(claim, false));
            }
            case DONE -> {
                bring(State.IN_FLIGHT);
                await(fixture.store.finish(claim, REPLY));
            }
        }
    }

    private String on(Event event) {
        Claim stale = new Claim(claim.key(), Long.toString(Long.parseLong(claim.fence()) - 1), false);
        return String.valueOf(
                switch (event) {
                    case BEGIN -> await(fixture.store.begin(key, "payload")).kind();
                    case BEGIN_OTHER ->
                        await(fixture.store.begin(key, "other payload")).kind();
                    case FINISH -> await(fixture.store.finish(claim, REPLY));
                    case FINISH_STALE -> await(fixture.store.finish(stale, new Reply(500, "", "")));
                    case ABANDON -> await(fixture.store.abandon(claim, true));
                    case ABANDON_STALE -> await(fixture.store.abandon(stale, true));
                    case LOSE -> await(fixture.store.abandon(claim, false));
                });
    }
}
