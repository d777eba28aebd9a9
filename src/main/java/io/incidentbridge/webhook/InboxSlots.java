package io.incidentbridge.webhook;

import io.incidentbridge.webhook.Inbox.Batch;
import io.incidentbridge.webhook.Inbox.Entry;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jboss.logging.Logger;

/** Keeps as many entries of one source under way on this replica as it may, one claim at a time. */
final class InboxSlots {

    private static final Logger LOG = Logger.getLogger(InboxSlots.class);

    private final int most;
    private final IntFunction<Uni<Batch>> claim;
    private final Function<Entry, Uni<Void>> apply;
    private int underWay;
    private boolean claiming;
    private boolean again;
    private boolean closed;
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private volatile int backlog;

    InboxSlots(int most, IntFunction<Uni<Batch>> claim, Function<Entry, Uni<Void>> apply) {
        this.most = most;
        this.claim = claim;
        this.apply = apply;
    }

    /** Entries that were there at the last look. */
    int backlog() {
        return backlog;
    }

    /** Takes what there is room for. What arrives while a claim is on its way is seen by one more. */
    void fill() {
        int room;
        synchronized (this) {
            again = claiming || underWay >= most;
            if (again || closed) {
                return;
            }
            claiming = true;
            room = most - underWay;
        }
        claim.apply(room).subscribe().with(batch -> taken(batch, room), failure -> {
            // That Redis is away its breaker tells, and a refused command is logged where it was sent.
            LOG.debugf("inbox not read reason=%s", failure);
            claimed(0, false);
        });
    }

    /** Takes no more; completes when what is under way here has ended. */
    synchronized CompletableFuture<Void> close() {
        closed = true;
        tellDrained();
        return drained;
    }

    private void tellDrained() {
        if (closed && !claiming && underWay == 0) {
            drained.complete(null);
        }
    }

    private void taken(Batch batch, int room) {
        backlog = batch.backlog();
        boolean more = claimed(batch.entries().size(), batch.entries().size() == room);
        batch.entries().forEach(entry -> apply.apply(entry).subscribe().with(done -> freed(), failure -> {
            LOG.error("webhook", failure);
            freed();
        }));
        if (more) {
            fill();
        }
    }

    private synchronized boolean claimed(int entries, boolean full) {
        claiming = false;
        underWay += entries;
        boolean more = again || full;
        again = false;
        tellDrained();
        return more;
    }

    private void freed() {
        boolean wanted;
        synchronized (this) {
            underWay--;
            wanted = again;
            tellDrained();
        }
        if (wanted) {
            fill();
        }
    }
}
