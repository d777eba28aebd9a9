package io.incidentbridge.genesys;

import io.incidentbridge.itsm.Attempt;
import io.incidentbridge.ratelimit.UpstreamBudget;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestFilter;

/** Runs before each attempt of the emergency flow's client: resolves its token anew and takes of its own budget. */
@ApplicationScoped
class EmergencyAttempt implements ResteasyReactiveClientRequestFilter {

    private final EmergencyTokens tokens;
    private final UpstreamBudget budget;

    EmergencyAttempt(EmergencyTokens tokens, UpstreamBudget budget) {
        this.tokens = tokens;
        this.budget = budget;
    }

    @Override
    public void filter(ResteasyReactiveClientRequestContext request) {
        Attempt.authorise(request, tokens.authorization(), budget, EmergencyConnector.VENDOR, "");
    }
}
