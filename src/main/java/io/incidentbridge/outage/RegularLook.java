package io.incidentbridge.outage;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Work that is done again and again, never twice at the same time: while a look takes longer, the next ones fall out. */
final class RegularLook {

    private static final Logger LOG = Logger.getLogger(RegularLook.class);

    private final String what;
    private final Supplier<Uni<Void>> look;
    private final AtomicBoolean underWay = new AtomicBoolean();
    private volatile boolean failing;
    private Cancellable ticks = () -> {};

    /** @param what for the log */
    RegularLook(String what, Supplier<Uni<Void>> look) {
        this.what = what;
        this.look = look;
    }

    void start(Duration every) {
        ticks = Multi.createFrom()
                .ticks()
                .every(every)
                .onOverflow()
                .drop()
                .subscribe()
                .with(tick -> wake());
    }

    void stop() {
        ticks.cancel();
    }

    /** A look out of turn. A failure concerns this one only; the log has the first of several in a row. */
    void wake() {
        if (underWay.compareAndSet(false, true)) {
            Uni.createFrom()
                    .deferred(look::get)
                    .onTermination()
                    .invoke(() -> underWay.set(false))
                    .subscribe()
                    .with(done -> failing = false, this::failed);
        }
    }

    private void failed(Throwable failure) {
        if (!failing) {
            failing = true;
            LOG.warnf("no look at %s, tried again reason=%s", what, failure);
        }
    }
}
