package io.incidentbridge.genesys;

import io.incidentbridge.itsm.Attempt;
import io.incidentbridge.itsm.ConnectorException;
import io.incidentbridge.itsm.FailureReason;
import io.incidentbridge.security.TokenCache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** The access token of the emergency flow's OAuth client. */
@ApplicationScoped
class EmergencyTokens {

    private final GenesysConfig genesys;
    private final EmergencyClientConfig client;
    private final EmergencyLogin login;
    private final Clock clock;
    private final TokenCache tokens;

    EmergencyTokens(
            GenesysConfig genesys, EmergencyClientConfig client, @RestClient EmergencyLogin login, Clock clock) {
        this.genesys = genesys;
        this.client = client;
        this.login = login;
        this.clock = clock;
        this.tokens = new TokenCache(clock, this::newToken);
    }

    /** Whether there is such a client at all. */
    boolean isConfigured() {
        return client.clientId().isPresent() && client.clientSecret().isPresent();
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
        byte[] pair = (client.clientId().get() + ":" + client.clientSecret().get()).getBytes(StandardCharsets.UTF_8);
        String basic = "Basic " + Base64.getEncoder().encodeToString(pair);
        return Attempt.login(
                EmergencyConnector.VENDOR,
                () -> login.token(basic, "client_credentials"),
                genesys.loginTimeout(),
                clock::instant);
    }
}
