package io.incidentbridge.sandbox.servicenow;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * {@code POST /oauth_token.do}: form only, credentials in the form only (r_OAuthAPIRequestParameters.md of the
 * product documentation). The error documents are as integrators report them, not verified on an instance.
 */
final class OAuthEndpoint {

    private final OAuthTokens tokens;
    private final Clock clock;

    OAuthEndpoint(OAuthTokens tokens, Clock clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    void handle(RoutingContext context) {
        String contentType = context.request().getHeader("Content-Type");
        if (contentType == null || !contentType.toLowerCase().startsWith("application/x-www-form-urlencoded")) {
            refuse(context, "server_error");
            return;
        }
        Map<String, String> form = UrlEncoded.parse(context.body().asString("UTF-8"));
        Optional<JsonObject> answer =
                Accounts.named(form.get("client_id"), form.get("client_secret")).flatMap(client -> grant(form, client));
        answer.ifPresentOrElse(token -> HttpAnswers.json(context, 200, token), () -> refuse(context, "access_denied"));
    }

    private Optional<JsonObject> grant(Map<String, String> form, Account client) {
        return switch (form.getOrDefault("grant_type", "")) {
            case "client_credentials" -> Optional.of(answer(tokens.issueAccess(client)));
            case "password" ->
                Accounts.named(form.get("username"), form.get("password"))
                        .map(user -> tokens.grantPassword(client, user))
                        .map(grant -> answer(grant.access())
                                .put("refresh_token", grant.refresh().value()));
            case "refresh_token" ->
                tokens.refresh(form.getOrDefault("refresh_token", "")).map(this::answer);
            default -> Optional.empty();
        };
    }

    private JsonObject answer(OAuthTokens.Token token) {
        long millis = Duration.between(clock.instant(), token.expiresAt()).toMillis();
        return new JsonObject()
                .put("access_token", token.value())
                .put("scope", "useraccount")
                .put("token_type", "Bearer")
                // Whole seconds that are sure to be left: 1799 of a fresh token, as in the documentation's sample.
                .put("expires_in", Math.max(0, (millis - 1) / 1000));
    }

    private static void refuse(RoutingContext context, String error) {
        HttpAnswers.json(context, 401, new JsonObject().put("error", error).put("error_description", "access_denied"));
    }
}
