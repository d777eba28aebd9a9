package io.incidentbridge.sandbox;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** How the sandbox's own controls answer: JSON, and RFC 9457 problems for what they refuse. */
public final class Replies {

    private Replies() {}

    public static void json(RoutingContext ctx, int status, JsonObject body) {
        ctx.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json;charset=UTF-8")
                .end(body.toBuffer());
    }

    public static void none(RoutingContext ctx) {
        ctx.response().setStatusCode(204).end();
    }

    public static void problem(RoutingContext ctx, int status, String title, String detail) {
        JsonObject problem = new JsonObject()
                .put("type", "about:blank")
                .put("title", title)
                .put("status", status)
                .put("detail", detail);
        ctx.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/problem+json")
                .end(problem.toBuffer());
    }

    /** Failure handler: what a control refuses is the caller's fault, all else is ours. */
    public static void failure(RoutingContext ctx) {
        if (ctx.failure() instanceof InvalidRequest refused) {
            problem(ctx, 400, "Bad Request", refused.getMessage());
        } else if (ctx.failure() == null) {
            problem(ctx, ctx.statusCode(), "Refused", "The request was refused");
        } else {
            problem(ctx, 500, "Internal Server Error", ctx.failure().toString());
        }
    }
}
