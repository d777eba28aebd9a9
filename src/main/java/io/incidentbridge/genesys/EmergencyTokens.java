package io.incidentbridge.genesys;

import io.incidentbridge.itsm.Attempt;
import io.incidentbridge.itsm.ConnectorException;
import io.incidentbridge.itsm.FailureReason;
import io.incidentbridge.security.ClientCredentials;
import io.incidentbridge.security.MountedSecrets;
import io.incidentbridge.security.TokenCache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** The access token of the emergency flow's OAuth client. */
@ApplicationScoped
class EmergencyTokens {

    private final GenesysConfig genesys;
    private final ClientCredentials client;
    private final EmergencyLogin login;
    private final Clock clock;
    private final TokenCache tokens;

    EmergencyTokens(
            GenesysConfig genesys,
            EmergencyClientConfig config,
            @RestClient EmergencyLogin login,
            Clock clock,
            MountedSecrets secrets) {
        this.genesys = genesys;
        this.client = credentials(config, secrets);
        this.login = login;
        this.clock = clock;
        this.tokens = new TokenCache(clock, this::newToken);
    }

    /** Whether there is such a client at all. */
    boolean isConfigured() {
        return client.isComplete();
    }

    static ClientCredentials credentials(EmergencyClientConfig config, MountedSecrets secrets) {
        return new ClientCredentials(
                secrets,
                secrets.secret("bridge.genesys.emergency.client-id", config.clientId(), config.clientIdFile()),
                secrets.secret(
                        "bridge.genesys.emergency.client-secret", config.clientSecret(), config.clientSecretFile()));
    }

    Uni<String> authorization() {
        return tokens.authorization();
    }

    /** The vendor answered 401 to this authorization: its token is replaced at the next use. */
    void refused(String authorization) {
        tokens.refused(authorization);
    }

    private Uni<TokenCache.Token> newToken() {
        if (!isConfigured()) {
            return Uni.createFrom()
                    .failure(ConnectorException.of(
                            EmergencyConnector.VENDOR,
                            FailureReason.UNAUTHENTICATED,
                            "bridge.genesys.emergency.client-id is not set",
                            null));
        }
        String basic = client.current().basic();
        return Attempt.login(
                EmergencyConnector.VENDOR,
                () -> login.token(basic, "client_credentials"),
                genesys.loginTimeout(),
                clock::instant);
    }
}
