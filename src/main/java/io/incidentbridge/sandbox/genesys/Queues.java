package io.incidentbridge.sandbox.genesys;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The organisation's queues and how many agents are on them. */
final class Queues {

    static final String SERVICE_DESK = "queue-service-desk";

    private final Map<String, Queue> byId = new LinkedHashMap<>();

    /** @param agents on queue, @param busy those of them who talk */
    record Queue(String id, String name, int agents, int busy) {}

    Queues() {
        seed();
    }

    synchronized void seed() {
        byId.clear();
        put(new Queue(SERVICE_DESK, "Service Desk", 20, 0));
        put(new Queue("queue-12345", "Emergency Primary", 5, 0));
        put(new Queue("queue-67890", "Emergency Secondary", 5, 0));
        put(new Queue("queue-overflow", "Emergency Overflow", 10, 0));
    }

    synchronized void put(Queue queue) {
        byId.put(queue.id(), queue);
    }

    synchronized List<Queue> all() {
        return List.copyOf(byId.values());
    }

    synchronized Optional<Queue> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }
}
