package io.incidentbridge.servicenow;

import io.incidentbridge.itsm.Attempt;
import io.incidentbridge.security.TokenCache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** What the bridge shows to ServiceNow as its {@code Authorization}. */
@ApplicationScoped
class ServiceNowCredentials {

    private final ServiceNowConfig config;
    private final ServiceNowLogin login;
    private final Clock clock;
    private final TokenCache tokens;

    ServiceNowCredentials(ServiceNowConfig config, @RestClient ServiceNowLogin login, Clock clock) {
        this.config = config;
        this.login = login;
        this.clock = clock;
        this.tokens = new TokenCache(clock, this::newToken);
    }

    Uni<String> authorization() {
        return switch (config.auth()) {
            case BASIC -> Uni.createFrom().item(basic());
            case CLIENT_CREDENTIALS -> tokens.authorization();
        };
    }

    /** The vendor answered 401 to this authorization: an OAuth token is replaced at its next use. */
    void refused(String authorization) {
        tokens.refused(authorization);
    }

    private Uni<TokenCache.Token> newToken() {
        return Attempt.login(
                ServiceNowConnector.VENDOR,
                () -> login.token("client_credentials", config.clientId(), config.clientSecret()),
                config.loginTimeout(),
                clock::instant);
    }

    private String basic() {
        byte[] pair = (config.clientId() + ":" + config.clientSecret()).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }
}
