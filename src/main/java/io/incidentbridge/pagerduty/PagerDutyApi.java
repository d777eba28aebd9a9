package io.incidentbridge.pagerduty;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentbridge.itsm.Attempt;
import io.incidentbridge.itsm.ConnectorException;
import io.incidentbridge.ratelimit.BudgetRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Reads, repeated once. There is no client breaker: a few a minute at most, and each may end an emergency. */
@ApplicationScoped
class PagerDutyApi {

    private static final long TIMEOUT_MS = 3000;

    private final PagerDutyClient client;

    PagerDutyApi(@RestClient PagerDutyClient client) {
        this.client = client;
    }

    @Retry(maxRetries = 1, delay = 100, jitter = 50, retryOn = ConnectorException.Ailing.class)
    @Timeout(TIMEOUT_MS)
    @Bulkhead(value = 8, waitingTaskQueue = 1000)
    Uni<JsonNode> incident(BudgetRequest budget, String id) {
        return Attempt.of(PagerDutyConnector.VENDOR, () -> client.incident(budget.header(), id));
    }
}
