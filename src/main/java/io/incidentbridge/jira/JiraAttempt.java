package io.incidentbridge.jira;

import io.incidentbridge.itsm.Attempt;
import io.incidentbridge.ratelimit.UpstreamBudget;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestFilter;

/** Runs before each attempt, retries included: authorises it and takes of the budget. */
@ApplicationScoped
class JiraAttempt implements ResteasyReactiveClientRequestFilter {

    private final JiraCredentials credentials;
    private final UpstreamBudget budget;

    JiraAttempt(JiraCredentials credentials, UpstreamBudget budget) {
        this.credentials = credentials;
        this.budget = budget;
    }

    @Override
    public void filter(ResteasyReactiveClientRequestContext request) {
        String authorization = credentials.authorization().orElse("");
        Attempt.authorise(request, Uni.createFrom().item(authorization), budget, JiraConnector.VENDOR, "");
    }
}
