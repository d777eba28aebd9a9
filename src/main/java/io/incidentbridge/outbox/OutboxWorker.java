package io.incidentbridge.outbox;

import io.incidentbridge.metrics.BridgeMetrics;
import io.incidentbridge.outbox.OutboxOutcome.Verb;
import io.incidentbridge.outbox.OutboxQueue.Settled;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import org.jboss.logging.Logger;

/**
 * Works the outbox off, together with those of all other replicas: claims what is due, has its handler do it, notes what
 * became of it. What a dead worker had falls due again by itself.
 */
@ApplicationScoped
public class OutboxWorker {

    private static final Logger LOG = Logger.getLogger(OutboxWorker.class);

    /** Keeps a reply of Redis small enough not to hold up others on the same connection. */
    private static final int MOST_AT_ONCE = 8;

    /** An item that so many workers died with is likely what they died of. */
    private static final int MOST_LOST = 20;

    private static final Duration FAREWELL = Duration.ofSeconds(3);
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Outbox outbox;
    private final OutboxQueue queue;
    private final OutboxConfig config;
    private final BridgeMetrics metrics;
    private final Clock clock;
    private final Backoff backoff;
    private final Map<String, OutboxHandler> handlers = new TreeMap<>();
    private final Map<String, Room> rooms = new TreeMap<>();
    private final AtomicInteger inHand = new AtomicInteger();
    private final AtomicBoolean ticking = new AtomicBoolean();
    private volatile boolean hungry;
    private volatile boolean ailing;
    private Cancellable ticks = () -> {};

    @Inject
    OutboxWorker(
            Outbox outbox,
            OutboxQueue queue,
            @All List<OutboxHandler> handlers,
            OutboxConfig config,
            BridgeMetrics metrics,
            Clock clock) {
        this(outbox, queue, handlers, config, metrics, clock, () -> ThreadLocalRandom.current()
                .nextDouble());
    }

    OutboxWorker(
            Outbox outbox,
            OutboxQueue queue,
            List<OutboxHandler> handlers,
            OutboxConfig config,
            BridgeMetrics metrics,
            Clock clock,
            DoubleSupplier random) {
        this.outbox = outbox;
        this.queue = queue;
        this.config = config;
        this.metrics = metrics;
        this.clock = clock;
        this.backoff = new Backoff(config.backoff(), config.longestBackoff(), random);
        handlers.forEach(handler -> {
            this.handlers.put(handler.kind(), handler);
            this.rooms.put(handler.kind(), new Room(config.parallel()));
        });
    }

    /** Every kind that a handler does, in a fixed order. */
    public List<String> kinds() {
        return List.copyOf(handlers.keySet());
    }

    /** What is wrong with a corrected body, by the judgement of the kind's handler. */
    Optional<String> fault(String kind, String body) {
        OutboxHandler handler = handlers.get(kind);
        return handler == null ? Optional.empty() : handler.fault(body);
    }

    /** Keeps a place free, where there is one, for an item of this kind that is about to be added. */
    public AtOnce reserve(String kind) {
        Room room = rooms.get(kind);
        boolean taken = room != null && room.take(1) == 1;
        return new AtOnce(taken, config.claim().toMillis(), this::work, () -> room.giveBack(1));
    }

    void start(@Observes StartupEvent event) {
        if (handlers.isEmpty()) {
            return;
        }
        outbox.onAdded(this::look);
        ticks = Multi.createFrom()
                .ticks()
                .every(config.tick())
                .onOverflow()
                .drop()
                .subscribe()
                .with(tick -> tick());
    }

    /** Before anything that the work needs ends: what is in hand is finished, or falls due for another replica. */
    void stop(@Observes @Priority(1) ShutdownEvent event) {
        ticks.cancel();
        outbox.onAdded(shard -> {});
        untilIdle()
                .ifNoItem()
                .after(FAREWELL)
                .recoverWithItem((Void) null)
                .await()
                .indefinitely();
    }

    private Uni<Void> untilIdle() {
        return inHand.get() == 0
                ? Uni.createFrom().voidItem()
                : Uni.createFrom().voidItem().onItem().delayIt().by(LOOK).flatMap(later -> untilIdle());
    }

    /** Looks at every shard once; one look at a time. */
    void tick() {
        if (!ticking.compareAndSet(false, true)) {
            return;
        }
        hungry = false;
        Multi.createFrom()
                .iterable(outbox.shards())
                .onItem()
                .transformToUniAndConcatenate(
                        // One that fails is looked at again by the next tick, here or elsewhere.
                        shard -> claimAndWork(shard).onFailure().recoverWithNull())
                .onItem()
                .ignoreAsUni()
                .onTermination()
                .invoke(() -> ticking.set(false))
                .subscribe()
                .with(done -> {}, failure -> LOG.error("No look at the outbox", failure));
    }

    private void look(Shard shard) {
        // Its failure is told there, and the next tick looks again.
        claimAndWork(shard).subscribe().with(done -> {}, failure -> {});
    }

    private Uni<Void> claimAndWork(Shard shard) {
        Map<String, Integer> places = new HashMap<>();
        rooms.forEach((kind, room) -> {
            int free = room.take(MOST_AT_ONCE);
            hungry |= free == 0;
            if (free > 0) {
                places.put(kind, free);
            }
        });
        if (places.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return queue.claim(shard, places)
                .onFailure()
                .invoke(failure -> {
                    places.forEach((kind, free) -> rooms.get(kind).giveBack(free));
                    tellOnce(shard, failure);
                })
                .invoke(items -> {
                    ailing = false;
                    begin(items, places);
                })
                .replaceWithVoid();
    }

    /** The first of failures in a row: there are several looks a second. */
    private void tellOnce(Shard shard, Throwable failure) {
        if (!ailing) {
            ailing = true;
            LOG.warnf("outbox not looked at, tried again shard=%s reason=%s", shard, failure);
        }
    }

    private void begin(List<OutboxItem> items, Map<String, Integer> places) {
        items.forEach(item -> places.merge(item.kind(), -1, Integer::sum));
        places.forEach((kind, unused) -> {
            hungry |= unused == 0;
            rooms.get(kind).giveBack(unused);
        });
        items.forEach(item -> work(item)
                .onTermination()
                .invoke(() -> giveBack(item.kind()))
                .subscribe()
                .with(done -> {}, failure -> LOG.error("An outbox item broke its worker", failure)));
    }

    private void giveBack(String kind) {
        rooms.get(kind).giveBack(1);
        if (hungry) {
            tick();
        }
    }

    /** One attempt, from handler to note; never fails. */
    Uni<OutboxOutcome> work(OutboxItem item) {
        return Uni.createFrom().deferred(() -> {
            inHand.incrementAndGet();
            return attempt(item).onTermination().invoke(inHand::decrementAndGet);
        });
    }

    private Uni<OutboxOutcome> attempt(OutboxItem item) {
        if (item.lost() >= MOST_LOST) {
            return noted(item, OutboxOutcome.dead("workers died with it or took too long", ""));
        }
        return Uni.createFrom()
                .deferred(() -> handlers.get(item.kind()).handle(item))
                .ifNoItem()
                .after(config.handlerDeadline())
                .recoverWithItem(() -> OutboxOutcome.retry("no outcome within the deadline"))
                .onFailure()
                .recoverWithItem(failure -> failed(item, failure))
                .map(outcome -> givenUp(item, outcome))
                .flatMap(outcome -> noted(item, outcome));
    }

    private static OutboxOutcome failed(OutboxItem item, Throwable failure) {
        OutboxOutcome outcome = OutboxOutcome.of(failure);
        LOG.infof("outbox item=%s kind=%s attempt=%d reason=%s", item.id(), item.kind(), item.claims(), failure);
        return outcome;
    }

    private OutboxOutcome givenUp(OutboxItem item, OutboxOutcome outcome) {
        boolean tried = item.attempts() + 1 >= config.leastAttempts();
        boolean old = item.since().plus(config.patience()).isBefore(clock.instant());
        return outcome.verb() == Verb.RETRY && tried && old
                ? OutboxOutcome.dead(outcome.reason() + ", tried for too long", outcome.answer())
                : outcome;
    }

    private Uni<OutboxOutcome> noted(OutboxItem item, OutboxOutcome outcome) {
        Duration after = outcome.after() == null ? backoff.after(item.attempts() + 1) : outcome.after();
        metrics.outboxAttempt(item.kind(), outcome.verb().name());
        if (outcome.verb() == Verb.DEAD) {
            LOG.warnf("dead letter item=%s kind=%s reason=%s", item.id(), item.kind(), outcome.reason());
        }
        return queue.settle(item, outcome, after)
                .invoke(settled -> onSettled(item, settled))
                .onFailure()
                .invoke(failure -> LOG.warnf("outbox item=%s not noted, it falls due again: %s", item.id(), failure))
                .onFailure()
                .recoverWithNull()
                .replaceWith(outcome);
    }

    private void onSettled(OutboxItem item, Settled settled) {
        switch (settled) {
            case NEXT -> look(Shard.of(item.id()));
            case LOST -> LOG.warnf("outbox item=%s took longer than its claim", item.id());
            case OK -> {}
        }
    }
}
