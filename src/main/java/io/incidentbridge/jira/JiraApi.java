package io.incidentbridge.jira;

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
class JiraApi {

    private static final long TIMEOUT_MS = 3000;
    private static final String FIELDS = "status";

    private final JiraClient client;

    JiraApi(@RestClient JiraClient client) {
        this.client = client;
    }

    @Retry(maxRetries = 1, delay = 100, jitter = 50, retryOn = ConnectorException.Ailing.class)
    @Timeout(TIMEOUT_MS)
    @Bulkhead(value = 8, waitingTaskQueue = 1000)
    Uni<JsonNode> issue(BudgetRequest budget, String key) {
        return Attempt.of(JiraConnector.VENDOR, () -> client.issue(budget.header(), key, FIELDS));
    }
}
