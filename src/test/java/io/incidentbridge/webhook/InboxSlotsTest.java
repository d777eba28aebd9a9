package io.incidentbridge.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.webhook.Inbox.Batch;
import io.incidentbridge.webhook.Inbox.Entry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class InboxSlotsTest {

    private final Deque<Entry> stored = new ArrayDeque<>();
    private final List<UniEmitter<? super Batch>> claims = new ArrayList<>();
    private final List<Integer> rooms = new ArrayList<>();
    private final List<UniEmitter<? super Void>> applying = new ArrayList<>();
    private final InboxSlots slots = new InboxSlots(
            2,
            room -> {
                rooms.add(room);
                return Uni.createFrom().emitter(claims::add);
            },
            entry -> Uni.createFrom().emitter(applying::add));

    @Test
    void shouldTakeNoMoreThanItMayAndGoOnAsRoomComes() {
        store(3);
        slots.fill();
        answer();
        assertThat(applying).hasSize(2);

        applying.get(0).complete(null);
        answer();

        assertThat(applying).hasSize(3);
        assertThat(rooms).containsExactly(2, 1);
    }

    @Test
    void shouldLookOnceMoreForWhatCameDuringALook() {
        slots.fill();
        slots.fill();
        slots.fill();
        assertThat(claims).hasSize(1);

        answer();

        assertThat(claims).hasSize(2);
        answer();
        assertThat(claims).hasSize(2);
    }

    @Test
    void shouldGoOnAfterALookThatFailed() {
        slots.fill();
        claims.get(0).fail(new IllegalStateException("by the test"));

        slots.fill();

        assertThat(claims).hasSize(2);
    }

    @Test
    void shouldSayWhenAllIsDoneAfterItWasClosed() {
        store(1);
        slots.fill();
        CompletableFuture<Void> drained = slots.close();
        answer();
        assertThat(drained).isNotDone();

        applying.get(0).complete(null);

        assertThat(drained).isDone();
        slots.fill();
        assertThat(claims).hasSize(1);
    }

    private void store(int count) {
        for (int i = 0; i < count; i++) {
            stored.add(new Entry(WebhookSource.JIRA, i + "-0", 1, "acme", "event-" + i, "{}"));
        }
    }

    /** Redis' answer to the latest claim. */
    private void answer() {
        List<Entry> taken = new ArrayList<>();
        while (taken.size() < rooms.get(rooms.size() - 1) && !stored.isEmpty()) {
            taken.add(stored.poll());
        }
        claims.get(claims.size() - 1).complete(new Batch(taken.size(), taken));
    }
}
