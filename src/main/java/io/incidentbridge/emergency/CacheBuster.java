package io.incidentbridge.emergency;

import io.incidentbridge.genesys.EmergencyConnector;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * For a while after an activation executes the configured Data Action with an ever new value, so that whoever has kept its
 * last answer asks anew. It goes behind everything else that the bridge asks of Genesys.
 */
@ApplicationScoped
class CacheBuster {

    private final EmergencyStore store;
    private final EmergencyConnector genesys;
    private final EmergencyConfig config;

    CacheBuster(EmergencyStore store, EmergencyConnector genesys, EmergencyConfig config) {
        this.store = store;
        this.genesys = genesys;
        this.config = config;
    }

    /** Changes with every change of what is desired, and every second for a while after an activation. */
    static String value(Snapshot snapshot, Duration lasts) {
        Instant since = snapshot.activeSince();
        boolean busting = since != null && snapshot.now().isBefore(since.plus(lasts));
        return snapshot.revision() + "-"
                + (busting ? Duration.between(since, snapshot.now()).toSeconds() : lasts.toSeconds());
    }

    /** Whether it was this replica's turn. */
    Uni<Boolean> bust(String group, Snapshot snapshot) {
        EmergencyConfig.CacheBust settings = config.groups().get(group).cacheBust();
        Instant since = snapshot.activeSince();
        if (settings.actionId().isEmpty() || since == null || !snapshot.now().isBefore(since.plus(settings.lasts()))) {
            return Uni.createFrom().item(false);
        }
        // Free again before the look that shall use it.
        Duration slot = settings.every().minus(config.poll().dividedBy(2));
        return store.trySlot(group, "bust", slot.isNegative() || slot.isZero() ? settings.every() : slot)
                .flatMap(ours -> ours
                        ? genesys.execute(
                                        settings.actionId().get(),
                                        Map.of(settings.input(), value(snapshot, settings.lasts())))
                                .replaceWith(true)
                        : Uni.createFrom().item(false));
    }
}
