package io.incidentbridge.console;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.atomic.AtomicInteger;

/** The pages that are live on this replica: a bounded number, and none for long once it is told to stop. */
@ApplicationScoped
class Viewers {

    private final int most;
    private final AtomicInteger count = new AtomicInteger();
    private volatile boolean stopping;

    Viewers(ConsoleConfig config) {
        this.most = config.mostViewers();
    }

    /** Whoever is let in must {@link #leave}. */
    boolean tryEnter() {
        if (stopping) {
            return false;
        }
        if (count.incrementAndGet() > most) {
            count.decrementAndGet();
            return false;
        }
        return true;
    }

    void leave() {
        count.decrementAndGet();
    }

    int count() {
        return count.get();
    }

    /** A replica that stops waits for what is under way, and a stream would be for minutes. */
    boolean mayStay() {
        return !stopping;
    }

    void stop(@Observes ShutdownDelayInitiatedEvent told) {
        stopping = true;
    }
}
