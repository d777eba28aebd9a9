package io.incidentbridge.emergency;

import io.incidentbridge.genesys.EmergencyConnector;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/**
 * For a while after an activation executes the configured Data Action with an ever new value, so that whoever has kept its
 * last answer asks anew. It goes behind everything else that the bridge asks of Genesys.
 */
@ApplicationScoped
class CacheBuster {

    private final EmergencyStore store;
    private final BiFunction<String, Map<String, Object>, Uni<Void>> execution;
    private final EmergencyConfig config;

    /** Groups with an execution under way: of actions that hang none may take connections that the switching needs. */
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    @Inject
    CacheBuster(EmergencyStore store, EmergencyConnector genesys, EmergencyConfig config) {
        this(store, genesys::execute, config);
    }

    /** @param execution of a Data Action, by its id and input */
    CacheBuster(
            EmergencyStore store,
            BiFunction<String, Map<String, Object>, Uni<Void>> execution,
            EmergencyConfig config) {
        this.store = store;
        this.execution = execution;
        this.config = config;
    }

    /** Changes with every change of what is desired, and every second for a while after an activation. */
    static String value(Snapshot snapshot, Duration lasts) {
        Instant since = snapshot.activeSince();
        boolean busting = since != null && snapshot.now().isBefore(since.plus(lasts));
        return snapshot.revision() + "-"
                + (busting ? Duration.between(since, snapshot.now()).toSeconds() : lasts.toSeconds());
    }

    /** Whether it was this replica's turn; never while its last one is under way. */
    Uni<Boolean> bust(String group, Snapshot snapshot) {
        EmergencyConfig.CacheBust settings = config.groups().get(group).cacheBust();
        Instant since = snapshot.activeSince();
        if (settings.actionId().isEmpty() || since == null || !snapshot.now().isBefore(since.plus(settings.lasts()))) {
            return Uni.createFrom().item(false);
        }
        return Uni.createFrom()
                .deferred(() -> underWay.add(group)
                        ? inTurn(group, snapshot, settings).onTermination().invoke(() -> underWay.remove(group))
                        : Uni.createFrom().item(false));
    }

    private Uni<Boolean> inTurn(String group, Snapshot snapshot, EmergencyConfig.CacheBust settings) {
        // Free again before the look that shall use it.
        Duration slot = settings.every().minus(config.poll().dividedBy(2));
        return store.trySlot(group, "bust", slot.isNegative() || slot.isZero() ? settings.every() : slot)
                .flatMap(ours -> ours
                        ? execution
                                .apply(
                                        settings.actionId().get(),
                                        Map.of(settings.input(), value(snapshot, settings.lasts())))
                                .replaceWith(true)
                        : Uni.createFrom().item(false));
    }
}
