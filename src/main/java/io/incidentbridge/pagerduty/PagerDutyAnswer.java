package io.incidentbridge.pagerduty;

import io.incidentbridge.itsm.Failures;
import io.incidentbridge.itsm.RetryAfter;
import io.incidentbridge.ratelimit.UpstreamBudget;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Clock;

/** Refuses what is not an answer: every status from 300 on. */
@ApplicationScoped
class PagerDutyAnswer implements ClientResponseFilter {

    /** The request was refused by a filter, or its connection broke: the failure itself follows, there are no headers. */
    private static final int NO_ANSWER = 0;

    private final Clock clock;
    private final UpstreamBudget budget;

    PagerDutyAnswer(Clock clock, UpstreamBudget budget) {
        this.clock = clock;
        this.budget = budget;
    }

    @Override
    public void filter(ClientRequestContext request, ClientResponseContext response) {
        int status = response.getStatus();
        if (status == NO_ANSWER) {
            return;
        }
        String wait = wait(response);
        budget.onAnswer(
                PagerDutyConnector.VENDOR,
                status,
                RetryAfter.parse(wait, clock.instant()).orElse(null));
        if (status >= 300) {
            throw Failures.ofStatus(PagerDutyConnector.VENDOR, status, wait, clock.instant());
        }
    }

    /** PagerDuty tells the seconds until its limit resets in a header of its own, and sometimes not at all. */
    private static String wait(ClientResponseContext response) {
        String retryAfter = response.getHeaderString(HttpHeaders.RETRY_AFTER);
        return retryAfter == null ? response.getHeaderString("ratelimit-reset") : retryAfter;
    }
}
