package io.incidentbridge.genesys;

import io.incidentbridge.itsm.Attempt;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestFilter;

/** Runs before each attempt, retries and re-logins included: resolves the token anew. */
@ApplicationScoped
class GenesysAttempt implements ResteasyReactiveClientRequestFilter {

    private final GenesysTokens tokens;

    GenesysAttempt(GenesysTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public void filter(ResteasyReactiveClientRequestContext request) {
        Attempt.authorise(request, tokens.authorization());
    }
}
