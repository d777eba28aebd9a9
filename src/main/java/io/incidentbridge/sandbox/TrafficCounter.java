package io.incidentbridge.sandbox;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;

/** What a vendor saw: the measure of whether the bridge keeps its budget, refused requests included. */
final class TrafficCounter {

    /** The status of a request that never got a reply. */
    static final int NO_REPLY = 0;

    private static final long WINDOW_MILLIS = 60_000;

    private final Map<String, Long> byStatus = new TreeMap<>();
    private final Map<String, Long> byOperation = new TreeMap<>();
    private SlidingMaximum perWindow = new SlidingMaximum(WINDOW_MILLIS);
    private long total;
    private int generation;

    synchronized Arrival arrived(String operation, long nowMillis) {
        total++;
        byOperation.merge(operation, 1L, Long::sum);
        perWindow.arrived(nowMillis);
        return new Arrival(generation);
    }

    synchronized void clear() {
        total = 0;
        byStatus.clear();
        byOperation.clear();
        perWindow = new SlidingMaximum(WINDOW_MILLIS);
        generation++;
    }

    synchronized JsonObject toJson() {
        return new JsonObject()
                .put("total", total)
                .put("maxPer60s", perWindow.maximum())
                .put("byStatus", new JsonObject(new TreeMap<>(byStatus)))
                .put("byOperation", new JsonObject(new TreeMap<>(byOperation)));
    }

    private synchronized void answered(int arrivalGeneration, int status) {
        // An answer to a request from before the last clearing would make more answers than requests.
        if (arrivalGeneration == generation) {
            byStatus.merge(status == NO_REPLY ? "none" : Integer.toString(status), 1L, Long::sum);
        }
    }

    /** One counted request, waiting for its status. */
    final class Arrival {

        private final int generation;

        private Arrival(int generation) {
            this.generation = generation;
        }

        void answered(int status) {
            TrafficCounter.this.answered(generation, status);
        }
    }
}
