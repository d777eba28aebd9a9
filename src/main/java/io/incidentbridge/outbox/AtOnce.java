package io.incidentbridge.outbox;

import io.smallrye.mutiny.Uni;
import java.util.UUID;
import java.util.function.Function;

/**
 * A place kept free for an item that is just being added: it is added and claimed in one step, and worked at once. Ends
 * with {@link #work} or {@link #release}.
 */
public final class AtOnce {

    private final String token;
    private final long leaseMillis;
    private final Function<OutboxItem, Uni<OutboxOutcome>> worker;
    private final Runnable release;

    AtOnce(boolean room, long leaseMillis, Function<OutboxItem, Uni<OutboxOutcome>> worker, Runnable release) {
        this.token = room ? UUID.randomUUID().toString() : "";
        this.leaseMillis = leaseMillis;
        this.worker = worker;
        this.release = room ? release : () -> {};
    }

    /** For the script; empty when there is no room, and the item waits for its turn. */
    public String token() {
        return token;
    }

    /** For the script. */
    public long leaseMillis() {
        return leaseMillis;
    }

    /** Works the item that the script has claimed with {@link #token}; goes on without the subscriber. */
    public Uni<OutboxOutcome> work(OutboxItem item) {
        Uni<OutboxOutcome> outcome =
                worker.apply(item).onTermination().invoke(release).memoize().indefinitely();
        // The worker tells of its failures, and whoever waits for the outcome has them too.
        outcome.subscribe().with(done -> {}, failure -> {});
        return outcome;
    }

    /** The script did not claim. */
    public void release() {
        release.run();
    }
}
