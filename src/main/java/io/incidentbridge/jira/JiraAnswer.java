package io.incidentbridge.jira;

import io.incidentbridge.itsm.Failures;
import io.incidentbridge.itsm.RetryAfter;
import io.incidentbridge.ratelimit.UpstreamBudget;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Clock;

/** Refuses what is not an answer: every status from 300 on. {@code Retry-After} comes with some 503 as well. */
@ApplicationScoped
class JiraAnswer implements ClientResponseFilter {

    /** The request was refused by a filter, or its connection broke: the failure itself follows, there are no headers. */
    private static final int NO_ANSWER = 0;

    private final Clock clock;
    private final UpstreamBudget budget;

    JiraAnswer(Clock clock, UpstreamBudget budget) {
        this.clock = clock;
        this.budget = budget;
    }

    @Override
    public void filter(ClientRequestContext request, ClientResponseContext response) {
        int status = response.getStatus();
        if (status == NO_ANSWER) {
            return;
        }
        String wait = response.getHeaderString(HttpHeaders.RETRY_AFTER);
        budget.onAnswer(
                JiraConnector.VENDOR,
                status,
                RetryAfter.parse(wait, clock.instant()).orElse(null));
        if (status >= 300) {
            throw Failures.ofStatus(JiraConnector.VENDOR, status, wait, clock.instant());
        }
    }
}
