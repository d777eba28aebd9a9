package io.incidentbridge.genesys;

import io.incidentbridge.itsm.Attempt;
import io.incidentbridge.ratelimit.UpstreamBudget;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestFilter;

/** Runs before each attempt, retries and re-logins included: resolves the token anew and takes of the budget. */
@ApplicationScoped
class GenesysAttempt implements ResteasyReactiveClientRequestFilter {

    private final GenesysTokens tokens;
    private final UpstreamBudget budget;

    GenesysAttempt(GenesysTokens tokens, UpstreamBudget budget) {
        this.tokens = tokens;
        this.budget = budget;
    }

    @Override
    public void filter(ResteasyReactiveClientRequestContext request) {
        Attempt.authorise(request, tokens.authorization(), budget, GenesysConnector.VENDOR, "");
    }
}
