package io.incidentbridge.wrapup;

import io.incidentbridge.redis.RedisCommands;
import io.incidentbridge.wrapup.WrapUpSpool.Spooled;
import io.incidentbridge.wrapup.WrapUpStore.Event;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** Gives what was spooled to Redis once it is back, what an earlier life of this replica left included. */
@ApplicationScoped
class WrapUpHandover {

    private static final Logger LOG = Logger.getLogger(WrapUpHandover.class);

    private final WrapUpSpool spool;
    private final WrapUpService service;
    private final RedisCommands redis;
    private final WrapUpConfig config;
    private final AtomicBoolean underWay = new AtomicBoolean();
    private Cancellable ticks = () -> {};

    WrapUpHandover(WrapUpSpool spool, WrapUpService service, RedisCommands redis, WrapUpConfig config) {
        this.spool = spool;
        this.service = service;
        this.redis = redis;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        if (spool.isConfigured()) {
            ticks = Multi.createFrom()
                    .ticks()
                    .every(config.spoolCheck())
                    .onOverflow()
                    .drop()
                    .subscribe()
                    .with(tick -> tick());
        }
    }

    void stop(@Observes ShutdownEvent event) {
        ticks.cancel();
    }

    private void tick() {
        if (redis.isAvailable() && underWay.compareAndSet(false, true)) {
            handOver()
                    .onTermination()
                    .invoke(() -> underWay.set(false))
                    .subscribe()
                    .with(done -> {}, failure -> LOG.warnf("spool not handed over yet: %s", failure.getMessage()));
        }
    }

    /** Stops at the first wrap-up that Redis does not take; the file stays. */
    Uni<Void> handOver() {
        return spool.toHandOver().flatMap(files -> Multi.createFrom()
                .iterable(files)
                .onItem()
                .transformToUniAndConcatenate(this::handOver)
                .onItem()
                .ignoreAsUni());
    }

    private Uni<Void> handOver(Path file) {
        return spool.read(file).flatMap(wrapUps -> keepAll(wrapUps)
                .flatMap(kept -> spool.delete(file, wrapUps.size()))
                .invoke(() -> LOG.infof("handed over wrapUps=%d", wrapUps.size())));
    }

    private Uni<Void> keepAll(List<Spooled> wrapUps) {
        return Multi.createFrom()
                .iterable(wrapUps)
                .onItem()
                .transformToUniAndConcatenate(wrapUp -> service.handOver(wrapUp).invoke(kept -> {
                    if (kept.taken().event() == Event.FULL) {
                        LOG.warn("a spooled wrap-up was amended too often before and is left out");
                    }
                }))
                .onItem()
                .ignoreAsUni();
    }
}
