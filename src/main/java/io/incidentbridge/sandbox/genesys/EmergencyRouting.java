package io.incidentbridge.sandbox.genesys;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * The organisation's emergency routing, as the requirement's author describes it; the public API has no such thing. A
 * change takes effect after the propagation time; until then the state is PENDING and other changes are refused.
 */
final class EmergencyRouting {

    private static final Setting NORMAL = new Setting("INACTIVE", "", List.of(), 0);

    private final Clock clock;
    private Setting current;
    private Setting next;
    private Instant effective;
    private Instant lastUpdated;
    private int propagationMs;

    /** @param state {@code ACTIVE} or {@code INACTIVE} */
    record Setting(String state, String reason, List<String> queueIds, int priority) {}

    EmergencyRouting(Clock clock) {
        this.clock = clock;
        seed();
    }

    /** Of changes from now on. */
    synchronized void propagationMs(int millis) {
        propagationMs = millis;
    }

    synchronized void seed() {
        force(NORMAL);
    }

    /** @return false while another change takes effect */
    synchronized boolean trySet(Setting setting) {
        settle();
        if (next != null) {
            return false;
        }
        next = setting;
        lastUpdated = clock.instant();
        effective = lastUpdated.plusMillis(propagationMs);
        settle();
        return true;
    }

    /** At once, whatever is under way. */
    synchronized void force(Setting setting) {
        next = null;
        current = setting;
        lastUpdated = clock.instant();
    }

    synchronized boolean isPending() {
        settle();
        return next != null;
    }

    synchronized JsonObject toJson() {
        settle();
        Setting shown = next == null ? current : next;
        return new JsonObject()
                .put("state", next == null ? current.state() : "PENDING")
                .put("reason", shown.reason())
                .put(
                        "routingConfiguration",
                        new JsonObject()
                                .put("queueIds", new JsonArray(shown.queueIds()))
                                .put("priority", shown.priority()))
                .put("lastUpdated", Times.text(lastUpdated));
    }

    private void settle() {
        if (next != null && !clock.instant().isBefore(effective)) {
            current = next;
            next = null;
            lastUpdated = effective;
        }
    }
}
