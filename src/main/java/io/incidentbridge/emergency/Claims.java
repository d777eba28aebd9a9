package io.incidentbridge.emergency;

import io.incidentbridge.audit.AuditTrail;
import io.incidentbridge.metrics.EmergencyMetrics;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jboss.logging.Logger;

/** Claims of incidents: each change of what is open is stored first, then audited and counted. */
@ApplicationScoped
class Claims {

    private static final Logger LOG = Logger.getLogger(Claims.class);

    private final EmergencyStore store;
    private final AuditTrail audit;
    private final EmergencyMetrics metrics;

    Claims(EmergencyStore store, AuditTrail audit, EmergencyMetrics metrics) {
        this.store = store;
        this.audit = audit;
        this.metrics = metrics;
    }

    /** Completes when the event is stored; nobody waits for the trail. */
    Uni<EmergencyStore.Recorded> record(ClaimEvent event) {
        return store.record(event).invoke(recorded -> {
            metrics.event(event.kind().name(), recorded.changed());
            if (recorded.changed()) {
                told(event, recorded);
            }
        });
    }

    /** An operator's reason; of an incident its type alone, as its title may name people, and the trail is kept. */
    private static String why(ClaimEvent event) {
        return switch (event.kind()) {
            case OVERRIDE, EXTEND -> event.title();
            default -> event.type();
        };
    }

    private void told(ClaimEvent event, EmergencyStore.Recorded recorded) {
        String before = recorded.before() == null ? "NONE" : recorded.before().name();
        Map<String, String> after = new LinkedHashMap<>();
        after.put("state", recorded.state().name());
        String kind = event.kind().name().toLowerCase(Locale.ROOT);
        String why = why(event);
        after.put("reason", event.id() + ": " + kind + (why.isEmpty() ? "" : ", " + why));
        after.put("at", event.at().toString());
        if (!event.queueIds().isEmpty()) {
            after.put("queueIds", String.join(",", event.queueIds()));
        }
        if (!event.ttl().isZero()) {
            after.put("ttlSeconds", Long.toString(event.ttl().toSeconds()));
        }
        String action = "emergency.claim." + recorded.state().name().toLowerCase(Locale.ROOT);
        audit.append(new AuditTrail.Entry(
                        event.actor(),
                        action,
                        "emergency/" + recorded.group() + "/claim/" + event.id(),
                        Map.of("state", before),
                        after,
                        ""))
                .subscribe()
                .with(done -> {}, failure -> LOG.debug("claim audited in the log only", failure));
    }
}
