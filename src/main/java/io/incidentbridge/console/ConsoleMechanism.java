package io.incidentbridge.console;

import io.incidentbridge.security.Rights;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Turns a session into an operator's identity, below {@code /console} only: the API takes no cookies. Keys and bearer
 * tokens go first, as everywhere.
 */
@ApplicationScoped
class ConsoleMechanism implements HttpAuthenticationMechanism {

    /** Who acts where nobody signs in. */
    private static final String ANYBODY = "sandbox";

    private final Sessions sessions;
    private final ConsoleConfig config;

    ConsoleMechanism(Sessions sessions, ConsoleConfig config) {
        this.sessions = sessions;
        this.config = config;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identityProviders) {
        if (!ConsoleEdge.isConsole(context)) {
            return Uni.createFrom().nullItem();
        }
        return Uni.createFrom()
                .item(name(ConsoleEdge.session(context))
                        .map(ConsoleMechanism::operator)
                        .orElse(null));
    }

    private Optional<String> name(String session) {
        Optional<String> signedIn = session.isEmpty() ? Optional.empty() : sessions.read(session);
        return signedIn.isEmpty() && config.open() ? Optional.of(ANYBODY) : signedIn;
    }

    private static SecurityIdentity operator(String name) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(name))
                .addRole(Rights.OPERATOR)
                .build();
    }

    /** None of its own: {@link ConsoleAnswers} sends people to the page where they sign in. */
    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().nullItem();
    }

    /** Behind API keys, before OpenID Connect. */
    @Override
    public int getPriority() {
        return DEFAULT_PRIORITY + 500;
    }
}
