package io.incidentbridge.sandbox.genesys;

import io.incidentbridge.sandbox.Replies;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** {@code POST /oauth/token} of the login host: client credentials only, no refresh token; errors as in RFC 6749. */
final class LoginRoute {

    private final Tokens tokens;

    LoginRoute(Tokens tokens) {
        this.tokens = tokens;
    }

    void mount(Router router) {
        router.post("/oauth/token").handler(this::login);
    }

    private void login(RoutingContext ctx) {
        Optional<String> client = tokens.authenticate(ctx.request().getHeader("Authorization"));
        String grant = ctx.request().getFormAttribute("grant_type");
        if (client.isEmpty()) {
            ctx.response().putHeader("WWW-Authenticate", "Basic realm=\"Genesys Cloud\"");
            refuse(ctx, 401, "invalid_client", "client not found or wrong secret");
        } else if (grant == null) {
            refuse(ctx, 400, "invalid_request", "grant_type is missing; the body must be a form");
        } else if (!"client_credentials".equals(grant)) {
            refuse(ctx, 400, "unsupported_grant_type", "only client_credentials is simulated");
        } else {
            Tokens.Token token = tokens.issue(client.get());
            ctx.response().putHeader("Cache-Control", "no-store");
            Replies.json(
                    ctx,
                    200,
                    new JsonObject()
                            .put("access_token", token.value())
                            .put("token_type", "bearer")
                            .put("expires_in", Tokens.LIFETIME_SECONDS));
        }
    }

    private static void refuse(RoutingContext ctx, int status, String error, String description) {
        Replies.json(
                ctx,
                status,
                new JsonObject()
                        .put("error", error)
                        .put("description", description)
                        .put("error_description", description));
    }
}
