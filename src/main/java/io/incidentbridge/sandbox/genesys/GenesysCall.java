package io.incidentbridge.sandbox.genesys;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** One request to an operation, its token already checked. */
final class GenesysCall {

    static final String TOKEN = "genesys.token";

    private final RoutingContext ctx;

    GenesysCall(RoutingContext ctx) {
        this.ctx = ctx;
    }

    Tokens.Token token() {
        return ctx.get(TOKEN);
    }

    String id(String name) {
        return ctx.pathParam(name);
    }

    /** Relative to the simulator, as the gate tells it at the request's arrival. */
    String path() {
        return ctx.request().path().substring(GenesysSimulator.PREFIX.length());
    }

    /** Genesys' own default when the query does not name it or names something else than a boolean. */
    boolean flag(String name, boolean absent) {
        String given = ctx.request().getParam(name);
        return "true".equalsIgnoreCase(given) || (absent && !"false".equalsIgnoreCase(given));
    }

    /**
     * The part of a listing that the query asks for by {@code pageSize}, 25 unless it says otherwise, and {@code
     * pageNumber}, from 1 on.
     */
    JsonObject page(JsonArray all) {
        int size = count("pageSize", 25);
        int number = count("pageNumber", 1);
        JsonArray entities = new JsonArray();
        all.stream().skip((number - 1L) * size).limit(size).forEach(entities::add);
        return new JsonObject()
                .put("entities", entities)
                .put("pageSize", size)
                .put("pageNumber", number)
                .put("total", all.size())
                .put("pageCount", Math.max(1, (all.size() + size - 1) / size));
    }

    private int count(String name, int absent) {
        String given = ctx.request().getParam(name);
        if (given == null) {
            return absent;
        }
        if (given.matches("[1-9]\\d{0,8}")) {
            return Integer.parseInt(given);
        }
        throw GenesysFailure.of(400, "invalid.value", name + " must be a whole number above 0");
    }

    /** The body; what is no JSON object is 400. Like the real one, unknown fields are ignored. */
    JsonObject body() {
        try {
            JsonObject body = ctx.body().asJsonObject();
            if (body != null) {
                return body;
            }
        } catch (DecodeException | ClassCastException e) {
            // Refused below: to the client an unreadable body and none are the same fault.
        }
        throw GenesysFailure.of(400);
    }

    void reply(JsonObject body) {
        reply(200, body);
    }

    void reply(int status, JsonObject body) {
        ctx.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(body.toBuffer());
    }

    void reply(int status) {
        ctx.response().setStatusCode(status).end();
    }
}
