package io.incidentbridge.genesys;

import io.incidentbridge.itsm.Attempt;
import io.incidentbridge.ratelimit.BudgetRequest;
import io.incidentbridge.ratelimit.Lane;
import io.incidentbridge.ratelimit.UpstreamBudget;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestFilter;

/** Logins of the emergency flow's client, out of its own budget. */
@ApplicationScoped
class EmergencyLoginAttempt implements ResteasyReactiveClientRequestFilter {

    private final GenesysConfig config;
    private final UpstreamBudget budget;

    EmergencyLoginAttempt(GenesysConfig config, UpstreamBudget budget) {
        this.config = config;
        this.budget = budget;
    }

    @Override
    public void filter(ResteasyReactiveClientRequestContext request) {
        BudgetRequest asked =
                BudgetRequest.within(Lane.EMERGENCY, config.loginTimeout().dividedBy(2));
        Attempt.login(request, budget, EmergencyConnector.VENDOR, asked);
    }
}
