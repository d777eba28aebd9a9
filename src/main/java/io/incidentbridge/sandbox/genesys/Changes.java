package io.incidentbridge.sandbox.genesys;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who changed what and when, and who came while somebody else was at it. The real one keeps no such history; tests need it
 * to see that one writer worked at a time.
 */
final class Changes {

    private static final int MOST = 10_000;
    private static final List<String> WATCHED = List.of(
            "telephony/emergencyrouting",
            "architect/emergencygroups",
            "flows/datatables",
            "integrations/actions",
            "routing/conversations");

    private final Clock clock;
    private final Deque<JsonObject> history = new ArrayDeque<>();
    private final Map<String, Integer> underWay = new HashMap<>();
    private final Map<String, Integer> mostUnderWay = new TreeMap<>();

    Changes(Clock clock) {
        this.clock = clock;
    }

    /** A request has come; what it asks for is done only after the vendor's latency. */
    Runnable arrived(String method, String path) {
        if (method.equals("GET") || !path.startsWith(GenesysApi.ROOT) || !isWatched(relative(path))) {
            return () -> {};
        }
        String target = relative(path);
        synchronized (this) {
            mostUnderWay.merge(target, underWay.merge(target, 1, Integer::sum), Math::max);
        }
        return () -> over(target);
    }

    private synchronized void over(String target) {
        underWay.computeIfPresent(target, (same, count) -> count == 1 ? null : count - 1);
    }

    /** A request was carried out, or refused because of what is there already. */
    synchronized void add(GenesysCall call, int status, JsonObject before, JsonObject after) {
        String target = relative(call.path());
        add(call.token().client(), target, status, underWay.getOrDefault(target, 0), before, after);
    }

    /** An administrator changed something on the spot, without the API. */
    synchronized void addByHand(String actor, String target, JsonObject before, JsonObject after) {
        add(actor, target, 200, underWay.getOrDefault(target, 0), before, after);
    }

    private void add(String client, String target, int status, int others, JsonObject before, JsonObject after) {
        if (history.size() == MOST) {
            history.removeFirst();
        }
        history.addLast(new JsonObject()
                .put("at", Times.text(clock.instant()))
                .put("client", client)
                .put("target", target)
                .put("status", status)
                .put("underWay", others)
                .put("before", before)
                .put("after", after));
    }

    /** Requests of the same target that overlapped show as {@code mostUnderWay} above 1. */
    synchronized JsonObject toJson(String target) {
        JsonArray changes = new JsonArray();
        history.stream()
                .filter(change -> target == null || change.getString("target").equals(target))
                .forEach(changes::add);
        return new JsonObject()
                .put("changes", changes)
                .put("mostUnderWay", new JsonObject(new TreeMap<>(mostUnderWay)));
    }

    synchronized void clear() {
        history.clear();
        mostUnderWay.clear();
    }

    private static boolean isWatched(String path) {
        return WATCHED.stream().anyMatch(path::startsWith);
    }

    private static String relative(String path) {
        return path.substring(GenesysApi.ROOT.length());
    }
}
