package io.incidentbridge.outbox;

import static io.incidentbridge.outbox.OutboxFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.outbox.OutboxQueue.Settled;
import io.vertx.mutiny.redis.client.Command;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The scripts on a real Redis, step by step. */
class OutboxRedisTest {

    private static OutboxFixture fixture;

    private final String kind = "k" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeAll
    static void start() {
        fixture = new OutboxFixture(Map.of());
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @Test
    void shouldKeepWorkOnceHoweverOftenItIsAdded() {
        OutboxReceipt first = add("c1", "1");
        OutboxReceipt again = add("c1", "1");

        assertThat(first.added()).isTrue();
        assertThat(again).isEqualTo(new OutboxReceipt(first.id(), false));
        assertThat(fixture.claim(kind, 10)).hasSize(1);
    }

    @Test
    void shouldNotAddAgainWhatIsDone() {
        String id = add("c1", "1").id();
        settle(onlyClaim(), OutboxOutcome.done("{}"));

        assertThat(add("c1", "1").added()).isFalse();
        assertThat(fixture.claim(kind, 10)).isEmpty();
        assertThat(fixture.field(id, "state")).isEqualTo("DONE");
        assertThat(Long.parseLong(
                        fixture.redis().call(Command.PTTL, fixture.outbox().keyOf(id))))
                .isPositive();
    }

    @Test
    void shouldGiveAnItemToOneWorkerUntilItsClaimRunsOut() {
        add("c1", "1");
        OutboxItem first = onlyClaim();
        assertThat(fixture.claim(kind, 10)).isEmpty();

        fixture.fallDue(first.id(), kind);
        OutboxItem second = onlyClaim();

        assertThat(second.lost()).isEqualTo(1);
        assertThat(second.isFirstTry()).isFalse();
        assertThat(settle(first, OutboxOutcome.done(""))).isEqualTo(Settled.LOST);
        assertThat(settle(second, OutboxOutcome.done(""))).isEqualTo(Settled.OK);
    }

    @Test
    void shouldKeepTheOrderOfAConversationAndNoOther() {
        String first = add("c1", "1").id();
        String second = add("c1", "2").id();
        String other = add("c2", "1").id();

        List<OutboxItem> claimed = fixture.claim(kind, 10);
        assertThat(claimed).extracting(OutboxItem::id).containsExactlyInAnyOrder(first, other);

        OutboxItem head = claimed.stream()
                .filter(item -> item.id().equals(first))
                .findFirst()
                .orElseThrow();
        settle(head, OutboxOutcome.retry("no luck", Duration.ofHours(1)));
        assertThat(fixture.claim(kind, 10)).as("behind one that waits").isEmpty();

        fixture.fallDue(first, kind);
        assertThat(settle(onlyClaim(), OutboxOutcome.done(""))).isEqualTo(Settled.NEXT);
        assertThat(onlyClaim().id()).isEqualTo(second);
    }

    @Test
    void shouldLetTheNextOnePassADeadLetter() {
        String first = add("c1", "1").id();
        String second = add("c1", "2").id();

        settle(onlyClaim(), OutboxOutcome.dead("refused", "caller_id is mandatory"));

        assertThat(fixture.field(first, "state")).isEqualTo("DEAD");
        assertThat(fixture.field(first, "answer")).isEqualTo("caller_id is mandatory");
        assertThat(onlyClaim().id()).isEqualTo(second);
    }

    @Test
    void shouldCountFailuresButNotWaiting() {
        String id = add("c1", "1").id();
        settle(onlyClaim(), OutboxOutcome.wait("no budget", Duration.ofHours(1)));
        assertThat(fixture.field(id, "attempts")).isEqualTo("0");

        fixture.fallDue(id, kind);
        settle(onlyClaim(), OutboxOutcome.retry("servicenow VENDOR_FAULT", Duration.ofHours(1)));
        assertThat(fixture.field(id, "attempts")).isEqualTo("1");
        assertThat(fixture.field(id, "reason")).isEqualTo("servicenow VENDOR_FAULT");
    }

    @Test
    void shouldCountWhatWaits() {
        OutboxWorker worker = fixture.worker(new RecordingHandler(kind));
        add("c1", "1");
        add("c1", "2");
        add("c2", "1");
        OutboxItem dead = fixture.claim(kind, 1).get(0);
        settle(dead, OutboxOutcome.dead("refused", ""));

        OutboxQueue.Depth depth = await(fixture.gauges(worker).count()).get(kind);

        assertThat(depth.pending()).isEqualTo(2);
        assertThat(depth.dead()).isEqualTo(1);
    }

    private OutboxReceipt add(String order, String dedupe) {
        return await(fixture.outbox().add(new NewOutboxItem(kind, order, order + dedupe, "{}")));
    }

    private OutboxItem onlyClaim() {
        List<OutboxItem> claimed = fixture.claim(kind, 10);
        assertThat(claimed).hasSize(1);
        return claimed.get(0);
    }

    private Settled settle(OutboxItem item, OutboxOutcome outcome) {
        Duration after = outcome.after() == null ? Duration.ZERO : outcome.after();
        return await(fixture.queue().settle(item, outcome, after));
    }
}
