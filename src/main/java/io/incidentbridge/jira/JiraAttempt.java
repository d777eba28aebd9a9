package io.incidentbridge.jira;

import io.incidentbridge.itsm.Attempt;
import io.incidentbridge.ratelimit.UpstreamBudget;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestFilter;

/** Runs before each attempt, retries included: authorises it and takes of the budget. */
@ApplicationScoped
class JiraAttempt implements ResteasyReactiveClientRequestFilter {

    private final JiraConfig config;
    private final UpstreamBudget budget;

    JiraAttempt(JiraConfig config, UpstreamBudget budget) {
        this.config = config;
        this.budget = budget;
    }

    @Override
    public void filter(ResteasyReactiveClientRequestContext request) {
        byte[] pair = (config.user().orElse("") + ":" + config.token().orElse("")).getBytes(StandardCharsets.UTF_8);
        String basic = "Basic " + Base64.getEncoder().encodeToString(pair);
        Attempt.authorise(request, Uni.createFrom().item(basic), budget, JiraConnector.VENDOR, "");
    }
}
