package io.incidentbridge.genesys;

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

/** The access token of the bridge's own OAuth client; one token, as Genesys asks its clients to keep. */
@ApplicationScoped
class GenesysTokens implements StartupCheck {

    private final GenesysConfig config;
    private final GenesysLogin login;
    private final Clock clock;
    private final ClientCredentials client;
    private final TokenCache tokens;

    GenesysTokens(GenesysConfig config, @RestClient GenesysLogin login, Clock clock, MountedSecrets secrets) {
        this.config = config;
        this.login = login;
        this.clock = clock;
        this.client = credentials(config, secrets);
        this.tokens = new TokenCache(clock, this::newToken);
    }

    static ClientCredentials credentials(GenesysConfig config, MountedSecrets secrets) {
        return new ClientCredentials(
                secrets,
                secrets.secret("bridge.genesys.client-id", config.clientId(), config.clientIdFile()),
                secrets.secret("bridge.genesys.client-secret", config.clientSecret(), config.clientSecretFile()));
    }

    Uni<String> authorization() {
        return tokens.authorization();
    }

    /** The vendor answered 401 to this authorization: its token is replaced at the next use. */
    void refused(String authorization) {
        tokens.refused(authorization);
    }

    @Override
    public Stream<Finding> check() {
        return client.check();
    }

    private Uni<TokenCache.Token> newToken() {
        String basic = client.current().basic();
        return Attempt.login(
                GenesysConnector.VENDOR,
                () -> login.token(basic, "client_credentials"),
                config.loginTimeout(),
                clock::instant);
    }
}
