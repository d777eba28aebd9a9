package io.incidentbridge.genesys;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentbridge.itsm.Attempt;
import io.incidentbridge.itsm.ClientBreakers;
import io.incidentbridge.itsm.ConnectorException;
import io.incidentbridge.ratelimit.BudgetRequest;
import io.smallrye.faulttolerance.api.CircuitBreakerName;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * Genesys' operations under the client breaker. Both writes to conversations set a value and may be repeated by their
 * caller; the bridge does so from its outbox, not here. Rows and the token check are few, and paced by those who ask.
 */
@ApplicationScoped
class GenesysApi {

    private static final long TIMEOUT_MS = 3000;

    private final GenesysClient client;
    private final ClientBreakers breakers;

    GenesysApi(@RestClient GenesysClient client, ClientBreakers breakers) {
        this.client = client;
        this.breakers = breakers;
    }

    @Retry(
            maxRetries = 1,
            delay = 50,
            jitter = 50,
            maxDuration = 2 * TIMEOUT_MS,
            retryOn = ConnectorException.Ailing.class)
    @CircuitBreakerName(ClientBreakers.GENESYS_READ)
    @CircuitBreaker(
            requestVolumeThreshold = 20,
            failureRatio = 0.5,
            delay = 2,
            delayUnit = ChronoUnit.SECONDS,
            failOn = {ConnectorException.Ailing.class, ConnectorException.Unproven.class, TimeoutException.class})
    @Timeout(TIMEOUT_MS)
    @Bulkhead(value = 32, waitingTaskQueue = 1000)
    Uni<JsonNode> conversation(BudgetRequest budget, String conversationId) {
        return breakers.proving(
                ClientBreakers.GENESYS_READ,
                Attempt.of(GenesysConnector.VENDOR, () -> client.conversation(budget.header(), conversationId)));
    }

    @CircuitBreakerName(ClientBreakers.GENESYS_ATTRIBUTES)
    @CircuitBreaker(
            requestVolumeThreshold = 20,
            failureRatio = 0.5,
            delay = 2,
            delayUnit = ChronoUnit.SECONDS,
            failOn = {ConnectorException.Ailing.class, ConnectorException.Unproven.class, TimeoutException.class})
    @Timeout(TIMEOUT_MS)
    @Bulkhead(value = 32, waitingTaskQueue = 1000)
    Uni<Void> setAttributes(
            BudgetRequest budget, String conversationId, String participantId, Map<String, String> attributes) {
        return breakers.proving(
                ClientBreakers.GENESYS_ATTRIBUTES,
                Attempt.of(
                        GenesysConnector.VENDOR,
                        () -> client.setAttributes(
                                budget.header(),
                                conversationId,
                                participantId,
                                new GenesysClient.Attributes(attributes))));
    }

    @CircuitBreakerName(ClientBreakers.GENESYS_PRIORITY)
    @CircuitBreaker(
            requestVolumeThreshold = 20,
            failureRatio = 0.5,
            delay = 2,
            delayUnit = ChronoUnit.SECONDS,
            failOn = {ConnectorException.Ailing.class, ConnectorException.Unproven.class, TimeoutException.class})
    @Timeout(TIMEOUT_MS)
    @Bulkhead(value = 32, waitingTaskQueue = 1000)
    Uni<JsonNode> setPriority(BudgetRequest budget, String conversationId, int priority) {
        return breakers.proving(
                ClientBreakers.GENESYS_PRIORITY,
                Attempt.of(
                        GenesysConnector.VENDOR,
                        () -> client.setPriority(
                                budget.header(), conversationId, new GenesysClient.Priority(priority))));
    }

    @Timeout(TIMEOUT_MS)
    @Bulkhead(value = 8, waitingTaskQueue = 100)
    Uni<JsonNode> row(BudgetRequest budget, String tableId, String key) {
        return Attempt.of(GenesysConnector.VENDOR, () -> client.row(budget.header(), tableId, key, false));
    }

    @Timeout(TIMEOUT_MS)
    @Bulkhead(value = 8, waitingTaskQueue = 100)
    Uni<JsonNode> replaceRow(BudgetRequest budget, String tableId, String key, Map<String, Object> row) {
        return Attempt.of(GenesysConnector.VENDOR, () -> client.replaceRow(budget.header(), tableId, key, row));
    }

    @Timeout(TIMEOUT_MS)
    @Bulkhead(value = 8, waitingTaskQueue = 100)
    Uni<JsonNode> insertRow(BudgetRequest budget, String tableId, Map<String, Object> row) {
        return Attempt.of(GenesysConnector.VENDOR, () -> client.insertRow(budget.header(), tableId, row));
    }

    @Timeout(TIMEOUT_MS)
    Uni<JsonNode> tokenInfo(BudgetRequest budget) {
        return Attempt.of(GenesysConnector.VENDOR, () -> client.tokenInfo(budget.header()));
    }
}
