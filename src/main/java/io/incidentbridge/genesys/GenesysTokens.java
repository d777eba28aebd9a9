package io.incidentbridge.genesys;

import io.incidentbridge.itsm.Attempt;
import io.incidentbridge.security.TokenCache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** The access token of the bridge's own OAuth client; one token, as Genesys asks its clients to keep. */
@ApplicationScoped
class GenesysTokens {

    private final GenesysConfig config;
    private final GenesysLogin login;
    private final Clock clock;
    private final TokenCache tokens;

    GenesysTokens(GenesysConfig config, @RestClient GenesysLogin login, Clock clock) {
        this.config = config;
        this.login = login;
        this.clock = clock;
        this.tokens = new TokenCache(clock, this::newToken);
    }

    Uni<String> authorization() {
        return tokens.authorization();
    }

    /** The vendor answered 401 to this authorization: its token is replaced at the next use. */
    void refused(String authorization) {
        tokens.refused(authorization);
    }

    private Uni<TokenCache.Token> newToken() {
        byte[] pair = (config.clientId() + ":" + config.clientSecret()).getBytes(StandardCharsets.UTF_8);
        String basic = "Basic " + Base64.getEncoder().encodeToString(pair);
        return Attempt.login(
                GenesysConnector.VENDOR,
                () -> login.token(basic, "client_credentials"),
                config.loginTimeout(),
                clock::instant);
    }
}
