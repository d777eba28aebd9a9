package io.incidentbridge.sandbox.genesys;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/**
 * What all operations below {@code /api/v2} share: token, size and media type are looked at first, every answer has a
 * correlation id, and what an operation throws becomes Genesys' error document.
 */
final class GenesysApi {

    static final String ROOT = "/api/v2/";

    /** {@code request.bytes.max}. */
    private static final int LARGEST_BODY = 512_000;

    private static final Set<HttpMethod> WITH_BODY = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

    private final Tokens tokens;
    private final List<Operation> operations = new ArrayList<>();

    /** @param path below {@link #ROOT}, ids in Vert.x' spelling {@code :id} */
    private record Operation(HttpMethod method, String path, Handler<GenesysCall> handler) {

        boolean matches(String otherMethod, String[] segments) {
            String[] own = path.split("/");
            if (!method.name().equals(otherMethod) || own.length != segments.length) {
                return false;
            }
            for (int i = 0; i < own.length; i++) {
                if (!own[i].startsWith(":") && !own[i].equals(segments[i])) {
                    return false;
                }
            }
            return true;
        }

        String title() {
            return method.name() + " " + path.replaceAll(":[A-Za-z]+", "{id}");
        }
    }

    GenesysApi(Tokens tokens) {
        this.tokens = tokens;
    }

    void on(HttpMethod method, String path, Handler<GenesysCall> handler) {
        operations.add(new Operation(method, path, handler));
    }

    /** For example {@code PATCH routing/conversations/{id}}; what Genesys does not have is {@code GET other}. */
    String operation(String method, String path) {
        String[] segments =
                path.startsWith(ROOT) ? path.substring(ROOT.length()).split("/") : new String[0];
        return operations.stream()
                .filter(operation -> operation.matches(method, segments))
                .map(Operation::title)
                .findFirst()
                .orElse(method + " other");
    }

    void mount(Router router) {
        router.route(ROOT + "*").handler(this::enter).failureHandler(GenesysApi::fail);
        for (Operation operation : operations) {
            router.route(operation.method(), ROOT + operation.path())
                    .handler(ctx -> operation.handler().handle(new GenesysCall(ctx)))
                    .failureHandler(GenesysApi::fail);
        }
        router.route().handler(ctx -> answer(ctx, 404, GenesysError.of(404, 0)));
    }

    private void enter(RoutingContext ctx) {
        if (ctx.request().getHeader("Authorization") == null) {
            throw GenesysFailure.of(
                    401,
                    "authentication.required",
                    "No authentication bearer token specified in authorization header.");
        }
        ctx.put(GenesysCall.TOKEN, tokens.find(ctx.request()).orElseThrow(() -> GenesysFailure.of(401)));
        if (WITH_BODY.contains(ctx.request().method())) {
            expectSmallJson(ctx);
        }
        ctx.response()
                .putHeader(GenesysError.CORRELATION_HEADER, UUID.randomUUID().toString());
        ctx.next();
    }

    private static void expectSmallJson(RoutingContext ctx) {
        if (ctx.body().length() > LARGEST_BODY) {
            throw GenesysFailure.of(413);
        }
        String type = ctx.request().getHeader("Content-Type");
        if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            throw GenesysFailure.of(415);
        }
    }

    private static void fail(RoutingContext ctx) {
        if (ctx.failure() instanceof GenesysFailure failure) {
            answer(ctx, failure.error().getInteger("status"), failure.error());
        } else {
            answer(ctx, 500, GenesysError.of(500, 0));
        }
    }

    private static void answer(RoutingContext ctx, int status, JsonObject error) {
        ctx.response()
                .setStatusCode(status)
                .putHeader(GenesysError.CORRELATION_HEADER, error.getString("contextId"))
                .putHeader("Content-Type", "application/json")
                .end(error.toBuffer());
    }
}
