package io.incidentbridge.pagerduty;

import io.incidentbridge.itsm.Attempt;
import io.incidentbridge.ratelimit.UpstreamBudget;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestFilter;

/** Runs before each attempt, retries included: authorises it and takes of the budget. */
@ApplicationScoped
class PagerDutyAttempt implements ResteasyReactiveClientRequestFilter {

    private final PagerDutyConfig config;
    private final UpstreamBudget budget;

    PagerDutyAttempt(PagerDutyConfig config, UpstreamBudget budget) {
        this.config = config;
        this.budget = budget;
    }

    @Override
    public void filter(ResteasyReactiveClientRequestContext request) {
        Uni<String> authorization =
                Uni.createFrom().item("Token token=" + config.token().orElse(""));
        Attempt.authorise(request, authorization, budget, PagerDutyConnector.VENDOR, "");
    }
}
