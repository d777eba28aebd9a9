package io.incidentbridge.wrapup;

import io.incidentbridge.outbox.Outbox;
import io.incidentbridge.tally.TallyStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;

/** Wrapped-up conversations of a period, each counted once with its acceptance. */
@ApplicationScoped
public class WrapUpCounts {

    private final TallyStore store;
    private final Outbox outbox;

    WrapUpCounts(TallyStore store, Outbox outbox) {
        this.store = store;
        this.outbox = outbox;
    }

    /**
     * What became of calls.
     *
     * @param tickets   conversations that were to have a ticket
     * @param noted     conversations noted against a master incident
     * @param measured  those of them whose call's end was told
     * @param afterCall from the end of these calls to their wrap-ups, added up
     */
    public record Counts(long tickets, long noted, long measured, Duration afterCall) {}

    /**
     * Of all replicas.
     *
     * @param from a whole hour
     * @param to   a whole hour, not included
     */
    public Uni<Counts> between(Instant from, Instant to) {
        return store.sum(
                        outbox.shards().stream()
                                .map(shard -> shard.prefix() + "tally:")
                                .toList(),
                        from,
                        to)
                .map(sums -> new Counts(
                        sums.getOrDefault("call|TICKET", 0L),
                        sums.getOrDefault("call|NOTE", 0L),
                        sums.getOrDefault("after-call|calls", 0L),
                        Duration.ofMillis(sums.getOrDefault("after-call|millis", 0L))));
    }
}
