package io.incidentbridge.outbox;

import io.incidentbridge.metrics.BridgeMetrics;
import io.incidentbridge.outbox.OutboxQueue.Depth;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/** Counts now and then what waits, for the metrics; every replica sees the whole. */
@ApplicationScoped
public class OutboxGauges {

    private static final Logger LOG = Logger.getLogger(OutboxGauges.class);

    private final Outbox outbox;
    private final OutboxQueue queue;
    private final OutboxWorker worker;
    private final OutboxConfig config;
    private final BridgeMetrics metrics;
    private volatile Map<String, Depth> last = Map.of();
    private Cancellable ticks = () -> {};

    OutboxGauges(Outbox outbox, OutboxQueue queue, OutboxWorker worker, OutboxConfig config, BridgeMetrics metrics) {
        this.outbox = outbox;
        this.queue = queue;
        this.worker = worker;
        this.config = config;
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent event) {
        worker.kinds()
                .forEach(kind -> metrics.outboxGauges(
                        kind, () -> of(kind).pending(), () -> of(kind).oldest().toSeconds(), () -> of(kind).dead()));
        ticks = Multi.createFrom()
                .ticks()
                .every(config.count())
                .onOverflow()
                .drop()
                .subscribe()
                .with(tick -> count().subscribe()
                        .with(done -> {}, failure -> LOG.debugf("outbox not counted: %s", failure.getMessage())));
    }

    void stop(@Observes ShutdownEvent event) {
        ticks.cancel();
    }

    /** How much there is of each kind, over all shards, as of now. */
    public Uni<List<KindView>> kinds() {
        return count().map(depths -> depths.entrySet().stream()
                .map(kind -> KindView.of(kind.getKey(), kind.getValue()))
                .toList());
    }

    /** By kind, over all shards, as of now. */
    Uni<Map<String, Depth>> count() {
        List<String> kinds = worker.kinds();
        if (kinds.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return Uni.join()
                .all(outbox.shards().stream()
                        .map(shard -> queue.depth(shard, kinds))
                        .toList())
                .andFailFast()
                .map(shards -> sum(kinds, shards))
                .invoke(counted -> last = counted);
    }

    private static Map<String, Depth> sum(List<String> kinds, List<List<Depth>> shards) {
        List<Depth> sums = new ArrayList<>(Collections.nCopies(kinds.size(), Depth.NONE));
        shards.forEach(shard -> {
            for (int i = 0; i < shard.size(); i++) {
                sums.set(i, sums.get(i).plus(shard.get(i)));
            }
        });
        Map<String, Depth> byKind = new TreeMap<>();
        for (int i = 0; i < kinds.size(); i++) {
            byKind.put(kinds.get(i), sums.get(i));
        }
        return byKind;
    }

    private Depth of(String kind) {
        return last.getOrDefault(kind, Depth.NONE);
    }
}
