package io.incidentbridge.sandbox.genesys;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** One party of a conversation: the caller, the queue ("acd") or the agent. Guarded by its {@link Conversation}. */
final class Participant {

    private final String id = UUID.randomUUID().toString();
    private final String purpose;
    private final String ani;
    private final String dnis;
    private final String queueId;
    private final Instant start;
    private final Map<String, String> attributes = new TreeMap<>();
    private final List<LateAttributes> late = new ArrayList<>();
    private Instant end;

    private record LateAttributes(Instant visible, Map<String, String> values) {}

    Participant(String purpose, String ani, String dnis, String queueId, Instant start) {
        this.purpose = purpose;
        this.ani = ani;
        this.dnis = dnis;
        this.queueId = queueId;
        this.start = start;
    }

    String id() {
        return id;
    }

    String purpose() {
        return purpose;
    }

    void end(Instant at) {
        if (end == null) {
            end = at;
        }
    }

    /** Adds to what is there and overwrites the same names; others stay. */
    void setAttributes(Map<String, String> values, Instant visible) {
        late.add(new LateAttributes(visible, values));
    }

    JsonObject toJson(Instant now, int priority) {
        show(now);
        JsonObject json = new JsonObject()
                .put("id", id)
                .put("startTime", Times.text(start))
                .put("connectedTime", Times.text(start))
                .put("purpose", purpose)
                .put("ani", ani)
                .put("dnis", dnis)
                .put("address", ani)
                .put("attributes", new JsonObject(new TreeMap<>(attributes)))
                .put("calls", new JsonArray().add(call()));
        if (end != null) {
            json.put("endTime", Times.text(end));
        }
        if (!"customer".equals(purpose)) {
            json.put("queueId", queueId);
        }
        return "acd".equals(purpose) ? json.put("conversationRoutingData", routingData(priority)) : json;
    }

    private void show(Instant now) {
        for (Iterator<LateAttributes> all = late.iterator(); all.hasNext(); ) {
            LateAttributes next = all.next();
            if (!next.visible().isAfter(now)) {
                attributes.putAll(next.values());
                all.remove();
            }
        }
    }

    private JsonObject call() {
        return new JsonObject()
                .put("id", id)
                .put("state", end == null ? "connected" : "terminated")
                .put("direction", "inbound");
    }

    private JsonObject routingData(int priority) {
        return new JsonObject()
                .put("queue", new JsonObject().put("id", queueId).put("selfUri", "/api/v2/routing/queues/" + queueId))
                .put("priority", priority)
                .put("skills", new JsonArray())
                .put("scoredAgents", new JsonArray());
    }
}
