package io.incidentbridge.sandbox;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;

/** A vendor with all defaults: {@code POST /echo} answers the size of the body, {@code GET /broken} throws. */
final class StubVendor implements SimulatedVendor {

    @Override
    public String name() {
        return "stub";
    }

    @Override
    public void mount(Router router) {
        router.post("/echo").handler(ctx -> ctx.end("" + ctx.body().length()));
        router.get("/broken").handler(ctx -> {
            throw new IllegalStateException("broken");
        });
        router.get("/users").handler(ctx -> ctx.json(new JsonObject()));
    }

    @Override
    public boolean isMetered(HttpServerRequest request) {
        return true;
    }

    @Override
    public String operation(String method, String path) {
        return method + " " + path;
    }

    @Override
    public String client(HttpServerRequest request) {
        return "stub-client";
    }

    @Override
    public JsonObject error(int status, long retryAfterSeconds) {
        return new JsonObject().put("stub", status);
    }

    @Override
    public void reset() {}

    @Override
    public void revokeTokens() {}
}
