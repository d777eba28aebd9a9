package io.incidentbridge.sandbox.genesys;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** {@code /api/v2/tokens/me}: is the token good, whose is it, take it back. */
final class TokenRoutes {

    private static final String PATH = "tokens/me";

    private final Tokens tokens;

    TokenRoutes(Tokens tokens) {
        this.tokens = tokens;
    }

    void addTo(GenesysApi api) {
        api.on(HttpMethod.GET, PATH, call -> call.reply(info(call.token())));
        api.on(HttpMethod.HEAD, PATH, call -> call.reply(200));
        api.on(HttpMethod.DELETE, PATH, this::revoke);
    }

    private void revoke(GenesysCall call) {
        tokens.revoke(call.token());
        call.reply(200);
    }

    private static JsonObject info(Tokens.Token token) {
        JsonObject organization = new JsonObject()
                .put("id", "5f1b7a2e-0c7d-4c55-9a0e-6d6f5c1d0a11")
                .put("name", "Sandbox");
        return new JsonObject()
                .put("organization", organization)
                .put("homeOrganization", organization)
                .put("authorizedScope", new JsonArray())
                .put(
                        "OAuthClient",
                        new JsonObject()
                                .put("id", token.client())
                                .put("name", token.client())
                                .put("authorizedGrantType", "CLIENT-CREDENTIALS")
                                .put("organization", organization));
    }
}
