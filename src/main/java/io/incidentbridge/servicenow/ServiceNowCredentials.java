package io.incidentbridge.servicenow;

import io.incidentbridge.itsm.Attempt;
import io.incidentbridge.security.ClientCredentials;
import io.incidentbridge.security.MountedSecrets;
import io.incidentbridge.security.TokenCache;
import io.incidentbridge.startup.Finding;
import io.incidentbridge.startup.StartupCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.stream.Stream;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** What the bridge shows to ServiceNow as its {@code Authorization}. */
@ApplicationScoped
class ServiceNowCredentials implements StartupCheck {

    private final ServiceNowConfig config;
    private final ServiceNowLogin login;
    private final Clock clock;
    private final ClientCredentials client;
    private final TokenCache tokens;

    ServiceNowCredentials(
            ServiceNowConfig config, @RestClient ServiceNowLogin login, Clock clock, MountedSecrets secrets) {
        this.config = config;
        this.login = login;
        this.clock = clock;
        this.client = new ClientCredentials(
                secrets,
                secrets.secret("bridge.servicenow.client-id", config.clientId(), config.clientIdFile()),
                secrets.secret("bridge.servicenow.client-secret", config.clientSecret(), config.clientSecretFile()));
        this.tokens = new TokenCache(clock, this::newToken);
    }

    Uni<String> authorization() {
        return switch (config.auth()) {
            case BASIC -> Uni.createFrom().item(client.current().basic());
            case CLIENT_CREDENTIALS -> tokens.authorization();
        };
    }

    /** The vendor answered 401 to this authorization: an OAuth token is replaced at its next use. */
    void refused(String authorization) {
        tokens.refused(authorization);
    }

    @Override
    public Stream<Finding> check() {
        return client.check();
    }

    private Uni<TokenCache.Token> newToken() {
        ClientCredentials.Pair current = client.current();
        return Attempt.login(
                ServiceNowConnector.VENDOR,
                () -> login.token("client_credentials", current.id(), current.secret()),
                config.loginTimeout(),
                clock::instant);
    }
}
