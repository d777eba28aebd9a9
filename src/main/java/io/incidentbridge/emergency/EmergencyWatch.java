package io.incidentbridge.emergency;

import io.incidentbridge.metrics.EmergencyMetrics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * Wakes the reconciler: at once on the replica that has accepted a change, else by looking in Redis every half second,
 * which is also how a change is taken over whose replica has died. A replica that finds the lease taken looks again every
 * 50 ms until the change is in effect, so a change is never left to the holder of a lease who does not know of it.
 */
@ApplicationScoped
class EmergencyWatch {

    private static final Logger LOG = Logger.getLogger(EmergencyWatch.class);
    private static final Duration SOON = Duration.ofMillis(50);

    private final EmergencyStore store;
    private final EmergencyReconciler reconciler;
    private final EmergencyCompanions companions;
    private final EmergencyConfig config;
    private final EmergencyMetrics metrics;
    private final Map<String, GroupWatch> groups = new TreeMap<>();
    private Cancellable ticks = () -> {};

    EmergencyWatch(
            EmergencyStore store,
            EmergencyReconciler reconciler,
            EmergencyCompanions companions,
            EmergencyConfig config,
            EmergencyMetrics metrics) {
        this.store = store;
        this.reconciler = reconciler;
        this.companions = companions;
        this.config = config;
        this.metrics = metrics;
        config.groups().keySet().forEach(group -> groups.put(group, new GroupWatch(group)));
    }

    void start(@Observes StartupEvent event) {
        groups.values().forEach(GroupWatch::measure);
        if (!groups.isEmpty()) {
            ticks = Multi.createFrom()
                    .ticks()
                    .every(config.poll())
                    .onOverflow()
                    .drop()
                    .subscribe()
                    .with(tick -> groups.values().forEach(GroupWatch::look));
        }
    }

    void stop(@Observes ShutdownEvent event) {
        ticks.cancel();
    }

    /** Something has changed: reconcile now, or right after the pass under way. Nobody waits for this. */
    void wake(String group) {
        GroupWatch watched = groups.get(group);
        if (watched == null) {
            // Its targets went with its configuration: there is nothing that could be switched.
            LOG.errorf("an incident's group is not configured any more, so nothing is switched for it group=%s", group);
            return;
        }
        watched.wake();
    }

    /** The group's state, no older than {@code bridge.emergency.fresh} while Redis is there. */
    Uni<Seen> current(String group) {
        return groups.get(group).current();
    }

    /** @param stale whether Redis is away and this is what was read last */
    record Seen(Snapshot snapshot, boolean stale) {}

    private final class GroupWatch {

        private final String group;
        private volatile Snapshot last;
        private volatile long lastAt;
        /** What was read before a change that this replica knows of is not fresh. */
        private volatile long changedAt = System.nanoTime();

        private boolean looking;
        /** A second pass of this replica would be given the lease anew, which ends the first one's. */
        private boolean running;

        private boolean again;
        private boolean force;

        GroupWatch(String group) {
            this.group = group;
        }

        void measure() {
            metrics.gauges(
                    group,
                    () -> last != null && desired(last).routing().active() ? 1 : 0,
                    () -> last == null ? 0 : last.late().toMillis() / 1000.0,
                    () -> last == null ? 0 : last.claims().size());
        }

        Uni<Seen> current() {
            Snapshot known = last;
            boolean sinceChange = lastAt - changedAt > 0;
            if (known != null
                    && sinceChange
                    && System.nanoTime() - lastAt < config.fresh().toNanos()) {
                return Uni.createFrom().item(new Seen(known, false));
            }
            return read().map(snapshot -> new Seen(snapshot, false))
                    .onFailure()
                    .recoverWithUni(failure -> known == null
                            ? Uni.createFrom().failure(failure)
                            : Uni.createFrom().item(new Seen(known, true)));
        }

        /** Regular look: what is there to do? One at a time, so that a slow Redis is not asked more and more. */
        void look() {
            synchronized (this) {
                if (looking) {
                    return;
                }
                looking = true;
            }
            read().invoke(this::consider)
                    .onTermination()
                    .invoke(this::looked)
                    .subscribe()
                    .with(seen -> {}, failure -> LOG.debugf("emergency state not read group=%s", group));
        }

        private synchronized void looked() {
            looking = false;
        }

        private void consider(Snapshot snapshot) {
            if (snapshot.isDue() || isForced()) {
                run(false);
            }
            companions.accompany(group, snapshot, desired(snapshot));
        }

        private Uni<Snapshot> read() {
            long asked = System.nanoTime();
            return store.snapshot(group).invoke(snapshot -> {
                last = snapshot;
                lastAt = asked;
            });
        }

        private DesiredRouting desired(Snapshot snapshot) {
            return EmergencyPolicy.desired(snapshot, config.groups().get(group).priority());
        }

        void wake() {
            changedAt = System.nanoTime();
            run(false);
        }

        void run(boolean forced) {
            synchronized (this) {
                force |= forced;
                if (running) {
                    again = true;
                    return;
                }
                running = true;
            }
            pass();
        }

        private void pass() {
            boolean forced;
            synchronized (this) {
                again = false;
                forced = force;
                force = false;
            }
            reconciler
                    .reconcile(group, forced)
                    .subscribe()
                    .with(pass -> after(pass, forced), failure -> failed(failure, forced));
        }

        private void after(Pass pass, boolean forced) {
            changedAt = System.nanoTime();
            switch (pass) {
                case DONE, NOT_DUE -> finish(false);
                case AGAIN -> finish(true);
                case BUSY -> {
                    keepForce(forced);
                    lookSoon(forced);
                }
                case LOST -> {
                    keepForce(true);
                    lookSoon(true);
                }
            }
        }

        private synchronized boolean isForced() {
            return force;
        }

        private synchronized void keepForce(boolean forced) {
            force |= forced;
        }

        /** Another replica is at it: wait for what it reports, or for the end of its lease. */
        private void lookSoon(boolean forced) {
            Uni.createFrom()
                    .voidItem()
                    .onItem()
                    .delayIt()
                    .by(SOON)
                    .flatMap(later -> read())
                    .subscribe()
                    .with(snapshot -> finish(forced || snapshot.isDue()), failure -> failed(failure, forced));
        }

        private void failed(Throwable failure, boolean forced) {
            keepForce(forced);
            LOG.warnf("emergency pass failed, repeated soon group=%s reason=%s", group, failure);
            // Not at once: Redis is away, and the regular look finds out when it is back.
            finish(false);
        }

        private void finish(boolean more) {
            synchronized (this) {
                if (!more && !again) {
                    running = false;
                    return;
                }
            }
            pass();
        }
    }
}
