package io.incidentbridge.webhook;

import io.incidentbridge.itsm.ConnectorException;
import io.incidentbridge.itsm.FailureReason;
import io.incidentbridge.itsm.IncidentEvent;
import io.incidentbridge.itsm.IncidentListener;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes what it is told; fails for a key as long as a test says so. */
@ApplicationScoped
public class RecordingListener implements IncidentListener {

    private final List<IncidentEvent> events = new CopyOnWriteArrayList<>();
    private final Map<String, FailureReason> failing = new ConcurrentHashMap<>();

    @Override
    public Uni<Void> on(IncidentEvent event) {
        FailureReason reason = failing.get(event.key());
        if (reason != null) {
            return Uni.createFrom().failure(ConnectorException.of("genesys", reason, "by the test", null));
        }
        events.add(event);
        return Uni.createFrom().voidItem();
    }

    void fail(String key, FailureReason reason) {
        failing.put(key, reason);
    }

    void heal(String key) {
        failing.remove(key);
    }

    List<IncidentEvent> eventsOf(String key) {
        return events.stream().filter(event -> event.key().equals(key)).toList();
    }
}
