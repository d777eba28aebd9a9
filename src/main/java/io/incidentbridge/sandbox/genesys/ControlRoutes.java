package io.incidentbridge.sandbox.genesys;

import io.incidentbridge.sandbox.Replies;
import io.incidentbridge.sandbox.StrictJson;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.UUID;

/** What the real one has no API for: callers who ring and hang up, agents who come and go. No part of Genesys' API. */
final class ControlRoutes {

    private static final int MOST_AGENTS = 10_000;

    private final Conversations conversations;
    private final Queues queues;

    ControlRoutes(Conversations conversations, Queues queues) {
        this.conversations = conversations;
        this.queues = queues;
    }

    void mount(Router router) {
        router.route("/control/*").failureHandler(Replies::failure);
        router.post("/control/conversations").handler(this::start);
        router.put("/control/conversations/:conversation/state").handler(this::move);
        router.put("/control/queues/:queue").handler(this::staff);
    }

    private void start(RoutingContext ctx) {
        StrictJson json = StrictJson.parse(ctx.body().buffer(), Set.of("conversationId", "ani", "queueId"));
        String id = json.text("conversationId", UUID.randomUUID().toString());
        String queueId = json.text("queueId", Queues.SERVICE_DESK);
        Conversation conversation = conversations.start(id, json.text("ani"), queueId);
        Replies.json(ctx, 201, conversation.toJson());
    }

    private void move(RoutingContext ctx) {
        StrictJson json = StrictJson.parse(ctx.body().buffer(), Set.of("state"));
        ConversationState next = ConversationState.parse(json.text("state")).orElse(null);
        Conversation conversation =
                conversations.find(ctx.pathParam("conversation")).orElse(null);
        if (next == null) {
            Replies.problem(ctx, 400, "Bad Request", "'state' must be waiting, connected, wrapup or ended");
        } else if (conversation == null) {
            Replies.problem(ctx, 404, "Not Found", "There is no such conversation");
        } else if (conversation.tryMove(next)) {
            Replies.json(ctx, 200, conversation.toJson());
        } else {
            Replies.problem(ctx, 409, "Conflict", "The conversation is further already: " + conversation.state());
        }
    }

    private void staff(RoutingContext ctx) {
        StrictJson json = StrictJson.parse(ctx.body().buffer(), Set.of("name", "agents", "busy"));
        String id = ctx.pathParam("queue");
        Queues.Queue before = queues.find(id).orElse(new Queues.Queue(id, id, 0, 0));
        int agents = json.integer("agents", before.agents(), 0, MOST_AGENTS);
        int busy = json.integer("busy", Math.min(before.busy(), agents), 0, agents);
        Queues.Queue queue = new Queues.Queue(id, json.text("name", before.name()), agents, busy);
        queues.put(queue);
        Replies.json(
                ctx,
                200,
                new JsonObject()
                        .put("id", id)
                        .put("name", queue.name())
                        .put("agents", agents)
                        .put("busy", busy));
    }
}
