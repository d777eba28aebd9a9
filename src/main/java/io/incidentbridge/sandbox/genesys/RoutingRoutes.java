package io.incidentbridge.sandbox.genesys;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * Queues, and the priority of a waiting conversation. What the real one answers once a conversation no longer waits is
 * not documented; here it is 404 {@code not.found}, as routing knows only what waits.
 */
final class RoutingRoutes {

    /** One point is one minute of waiting. */
    private static final int HIGHEST_PRIORITY = 25_000_000;

    private final Conversations conversations;
    private final Queues queues;
    private final Changes changes;

    RoutingRoutes(Conversations conversations, Queues queues, Changes changes) {
        this.conversations = conversations;
        this.queues = queues;
        this.changes = changes;
    }

    void addTo(GenesysApi api) {
        api.on(HttpMethod.PATCH, "routing/conversations/:conversation", this::prioritise);
        api.on(HttpMethod.GET, "routing/queues/:queue", this::queue);
    }

    private void prioritise(GenesysCall call) {
        Conversation conversation =
                conversations.find(call.id("conversation")).orElseThrow(() -> GenesysFailure.of(404));
        int before = conversation.priority();
        int priority = priority(call.body(), before);
        if (!conversation.tryPrioritise(priority)) {
            throw GenesysFailure.of(404);
        }
        changes.add(call, 200, new JsonObject().put("priority", before), new JsonObject().put("priority", priority));
        call.reply(new JsonObject()
                .put("priority", priority)
                .put("skills", new JsonArray())
                .put("scoredAgents", new JsonArray()));
    }

    private static int priority(JsonObject body, int absent) {
        Object value = body.getValue("priority");
        if (value == null) {
            return absent;
        }
        if (value instanceof Integer priority && Math.abs((long) priority) <= HIGHEST_PRIORITY) {
            return priority;
        }
        throw GenesysFailure.of(400, "invalid.value", "priority must be from -25000000 to 25000000");
    }

    private void queue(GenesysCall call) {
        Queues.Queue queue = queues.find(call.id("queue")).orElseThrow(() -> GenesysFailure.of(404));
        call.reply(new JsonObject()
                .put("id", queue.id())
                .put("name", queue.name())
                .put("memberCount", queue.agents())
                .put("userMemberCount", queue.agents())
                .put("joinedMemberCount", queue.agents())
                .put("selfUri", "/api/v2/routing/queues/" + queue.id()));
    }
}
