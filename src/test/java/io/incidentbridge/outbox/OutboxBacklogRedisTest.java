package io.incidentbridge.outbox;

import static io.incidentbridge.outbox.OutboxFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.mutiny.redis.client.Command;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each test has a kind of its own. */
class OutboxBacklogRedisTest {

    private static final Duration AGE = Duration.ofMinutes(5);
    private static final OutboxOutcome NO_LUCK = OutboxOutcome.retry("servicenow VENDOR_FAULT");
    private static OutboxFixture fixture;

    private final String kind = "k" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeAll
    static void start() {
        fixture = new OutboxFixture(Map.of("least-attempts", "2"));
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @Test
    void shouldCountWhatWaitsOnAllShardsAndWhatIsOld() {
        add(kind, 20);
        add("another-" + kind, 1);

        assertThat(await(fixture.backlog(Clock.systemUTC()).waiting(kind))).isEqualTo(20);
        assertThat(await(fixture.backlog(Clock.systemUTC()).olderThan(kind, AGE)))
                .isZero();
        assertThat(old()).isEqualTo(20);
    }

    @Test
    void shouldCountAConversationOnceHoweverOftenItWasAmended() {
        add(kind, 2);
        for (int revision = 2; revision <= 9; revision++) {
            await(fixture.outbox().add(new NewOutboxItem(kind, "call-0", "call-0." + revision, "{}")));
        }

        assertThat(await(fixture.backlog(Clock.systemUTC()).waiting(kind))).isEqualTo(10);
        assertThat(old()).isEqualTo(2);
    }

    @Test
    void shouldLeaveOutWhatFailsByItselfWhileOthersAreDone() {
        // given
        add(kind, 10);
        settleAll(NO_LUCK);
        await(fixture.outbox().add(new NewOutboxItem(kind, "good", "good", "{}")));

        // when
        settleAll(NO_LUCK);
        long whileNothingWasDone = old();
        fixture.claim(kind, 20).stream()
                .filter(item -> item.attempts() == 1)
                .forEach(good -> settle(good, OutboxOutcome.done("")));

        // then
        assertThat(whileNothingWasDone).isEqualTo(11);
        assertThat(old()).isZero();
    }

    @Test
    void shouldCountWhatWaitsWithoutHavingFailedOftenWhateverElseIsDone() {
        // given
        add(kind, 10);
        settleAll(NO_LUCK);
        settleAll(OutboxOutcome.wait("servicenow RATE_LIMITED", Duration.ZERO));
        await(fixture.outbox().add(new NewOutboxItem(kind, "good", "good", "{}")));

        // when
        fixture.claim(kind, 20).stream()
                .filter(item -> item.attempts() == 0)
                .forEach(good -> settle(good, OutboxOutcome.done("")));

        // then
        assertThat(old()).isEqualTo(10);
    }

    @Test
    void shouldCountAllThatCameSinceTheLastOneWasDone() {
        // given: two that fail by themselves, one that was done, and then nothing gets through
        List<String> before = add(kind, 2);
        await(fixture.outbox().add(new NewOutboxItem(kind, "good", "good", "{}")));
        settleAll(NO_LUCK);
        fixture.claim(kind, 20)
                .forEach(item -> settle(item, before.contains(item.id()) ? NO_LUCK : OutboxOutcome.done("")));
        for (int i = 0; i < 12; i++) {
            String id = await(fixture.outbox().add(new NewOutboxItem(kind, "late-" + i, "late-" + i, "{}")))
                    .id();
            fixture.redis().call(Command.ZINCRBY, Shard.of(id).pending(kind), "1000", id);
        }

        // when
        settleAll(NO_LUCK);
        settleAll(NO_LUCK);

        // then
        assertThat(old()).isEqualTo(12);
    }

    @Test
    void shouldCountAllThatAreTooManyToBeLookedAt() {
        List<String> entries = new ArrayList<>(List.of(new Shard(0).pending(kind)));
        for (int i = 0; i < 600; i++) {
            entries.addAll(List.of(Integer.toString(i + 1), "0-behind-another-" + i));
        }

        fixture.redis().call(Command.ZADD, entries.toArray(String[]::new));

        assertThat(old()).isEqualTo(100);
    }

    private static List<String> add(String kind, int calls) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            ids.add(await(fixture.outbox().add(new NewOutboxItem(kind, "call-" + i, "call-" + i, "{}")))
                    .id());
        }
        return ids;
    }

    private void settleAll(OutboxOutcome outcome) {
        fixture.claim(kind, 20).forEach(item -> settle(item, outcome));
    }

    private static void settle(OutboxItem item, OutboxOutcome outcome) {
        await(fixture.queue().settle(item, outcome, Duration.ZERO));
    }

    /** As it is seen six minutes from now. */
    private long old() {
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(6));
        return await(fixture.backlog(later).olderThan(kind, AGE));
    }
}
