package io.incidentbridge.tally;

import io.incidentbridge.metrics.BridgeMetrics;
import io.incidentbridge.metrics.PeriodCounts.Count;
import io.incidentbridge.metrics.ReportMetrics;
import io.incidentbridge.redis.RedisCommands;
import io.incidentbridge.redis.RedisScript;
import io.incidentbridge.security.KeyedHash;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Counts for reports, in batches, so that a lookup costs Redis nothing more. A batch whose fate is unknown is sent again
 * under its number, which counts once.
 */
@ApplicationScoped
public class Tally {

    private static final Logger LOG = Logger.getLogger(Tally.class);
    private static final RedisScript ADD = RedisScript.load("tally_add", TallyStore.LIBRARY);
    private static final String PREFIX = "ib:{tally}:";
    private static final Duration FAREWELL = Duration.ofMillis(500);

    private final RedisCommands redis;
    private final TallyStore store;
    private final KeyedHash hash;
    private final TallyConfig config;
    private final BridgeMetrics counted;
    private final ReportMetrics metrics;
    private final Clock clock;
    private final String replica = UUID.randomUUID().toString();
    private final Waiting waiting = new Waiting();
    private Cancellable ticks = () -> {};
    private Uni<Void> underWay;

    Tally(
            RedisCommands redis,
            TallyStore store,
            KeyedHash hash,
            TallyConfig config,
            BridgeMetrics counted,
            ReportMetrics metrics,
            Clock clock) {
        this.redis = redis;
        this.store = store;
        this.hash = hash;
        this.config = config;
        this.counted = counted;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * A lookup was answered. Those of one conversation count as one, by the best answer there was.
     *
     * @param conversationId null or blank when the caller did not say: then each counts
     */
    public void lookup(String conversationId, LookupOutcome outcome) {
        String name = "lookup|" + outcome.name();
        if (conversationId == null || conversationId.isBlank()) {
            waiting.add(new Count(clock.millis(), name, 1));
        } else {
            String call = hash.hash("tally", conversationId);
            waiting.add(new Batch.Call(call, clock.millis(), name, outcome.rank()));
        }
    }

    /** What all replicas have counted, by name; see {@link TallyStore#sum}. */
    public Uni<Map<String, Long>> sum(Instant from, Instant to) {
        return store.sum(List.of(PREFIX), from, to);
    }

    void start(@Observes StartupEvent event) {
        ticks = Multi.createFrom()
                .ticks()
                .every(config.addEvery())
                .onOverflow()
                .drop()
                .subscribe()
                .with(tick -> add().subscribe()
                        .with(added -> {}, failure -> LOG.debugf("counts not added yet reason=%s", failure)));
    }

    void stop(@Observes ShutdownEvent event) {
        ticks.cancel();
        add().ifNoItem()
                .after(FAREWELL)
                .fail()
                .onFailure()
                .invoke(failure -> LOG.warnf("the last counts for reports are lost reason=%s", failure))
                .onFailure()
                .recoverWithNull()
                .await()
                .indefinitely();
    }

    /** Adds what has been counted until now; one batch after the other, by one at a time. */
    synchronized Uni<Void> add() {
        if (underWay == null) {
            underWay = addAll().onTermination().invoke(this::added).memoize().indefinitely();
        }
        return underWay;
    }

    private synchronized void added() {
        underWay = null;
    }

    private Uni<Void> addAll() {
        return Uni.createFrom().deferred(() -> {
            counted.periods().take().forEach(waiting::add);
            metrics.counts("lost", waiting.takeLost());
            return addNext();
        });
    }

    private Uni<Void> addNext() {
        Batch batch = waiting.next();
        return batch == null
                ? Uni.createFrom().voidItem()
                : redis.run(
                                ADD,
                                List.of(PREFIX + "sent:" + replica),
                                List.of(
                                        PREFIX,
                                        Long.toString(batch.number()),
                                        Long.toString(config.keep().toMillis()),
                                        batch.json()))
                        .invoke(() -> {
                            waiting.done(batch);
                            metrics.counts("added", batch.size());
                        })
                        .flatMap(added -> addNext());
    }
}
