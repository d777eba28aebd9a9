package io.incidentbridge.servicenow;

import io.incidentbridge.itsm.Attempt;
import io.incidentbridge.ratelimit.BudgetRequest;
import io.incidentbridge.ratelimit.Lane;
import io.incidentbridge.ratelimit.UpstreamBudget;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestFilter;

/** Logins count at the vendor too. Everybody waits for a token, so a login goes with the callers. */
@ApplicationScoped
class ServiceNowLoginAttempt implements ResteasyReactiveClientRequestFilter {

    private final ServiceNowConfig config;
    private final UpstreamBudget budget;

    ServiceNowLoginAttempt(ServiceNowConfig config, UpstreamBudget budget) {
        this.config = config;
        this.budget = budget;
    }

    @Override
    public void filter(ResteasyReactiveClientRequestContext request) {
        BudgetRequest asked =
                BudgetRequest.within(Lane.LOOKUP, config.loginTimeout().dividedBy(2));
        Attempt.login(request, budget, ServiceNowConnector.VENDOR, asked);
    }
}
