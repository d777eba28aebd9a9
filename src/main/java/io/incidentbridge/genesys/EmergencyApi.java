package io.incidentbridge.genesys;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentbridge.itsm.Attempt;
import io.incidentbridge.itsm.ConnectorException;
import io.incidentbridge.ratelimit.BudgetRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * The emergency flow's operations. There is no client breaker: the reconciler asks at its own pace, a few requests at a
 * time, and must be the first to notice that Genesys is back. Reads are repeated once, writes never.
 */
@ApplicationScoped
class EmergencyApi {

    private static final long TIMEOUT_MS = 3000;
    private static final long EXECUTION_MS = 10_000;
    private static final int PAUSE_MS = 50;

    private final EmergencyClient client;

    EmergencyApi(@RestClient EmergencyClient client) {
        this.client = client;
    }

    @Retry(maxRetries = 1, delay = PAUSE_MS, jitter = PAUSE_MS, retryOn = ConnectorException.Ailing.class)
    @Timeout(TIMEOUT_MS)
    Uni<JsonNode> tokenInfo(BudgetRequest budget) {
        return Attempt.of(EmergencyConnector.VENDOR, () -> client.tokenInfo(budget.header()));
    }

    @Retry(maxRetries = 1, delay = PAUSE_MS, jitter = PAUSE_MS, retryOn = ConnectorException.Ailing.class)
    @Timeout(TIMEOUT_MS)
    Uni<JsonNode> routing(BudgetRequest budget) {
        return Attempt.of(EmergencyConnector.VENDOR, () -> client.routing(budget.header()));
    }

    @Timeout(TIMEOUT_MS)
    Uni<JsonNode> setRouting(BudgetRequest budget, JsonNode routing) {
        return Attempt.of(EmergencyConnector.VENDOR, () -> client.setRouting(budget.header(), routing));
    }

    @Retry(maxRetries = 1, delay = PAUSE_MS, jitter = PAUSE_MS, retryOn = ConnectorException.Ailing.class)
    @Timeout(TIMEOUT_MS)
    Uni<JsonNode> group(BudgetRequest budget, String groupId) {
        return Attempt.of(EmergencyConnector.VENDOR, () -> client.group(budget.header(), groupId));
    }

    @Timeout(TIMEOUT_MS)
    Uni<JsonNode> replaceGroup(BudgetRequest budget, String groupId, JsonNode group) {
        return Attempt.of(EmergencyConnector.VENDOR, () -> client.replaceGroup(budget.header(), groupId, group));
    }

    @Retry(maxRetries = 1, delay = PAUSE_MS, jitter = PAUSE_MS, retryOn = ConnectorException.Ailing.class)
    @Timeout(TIMEOUT_MS)
    Uni<JsonNode> row(BudgetRequest budget, String tableId, String key) {
        return Attempt.of(EmergencyConnector.VENDOR, () -> client.row(budget.header(), tableId, key, false));
    }

    @Timeout(TIMEOUT_MS)
    Uni<JsonNode> replaceRow(BudgetRequest budget, String tableId, String key, Map<String, Object> row) {
        return Attempt.of(EmergencyConnector.VENDOR, () -> client.replaceRow(budget.header(), tableId, key, row));
    }

    @Timeout(TIMEOUT_MS)
    Uni<JsonNode> insertRow(BudgetRequest budget, String tableId, Map<String, Object> row) {
        return Attempt.of(EmergencyConnector.VENDOR, () -> client.insertRow(budget.header(), tableId, row));
    }

    @Timeout(TIMEOUT_MS)
    Uni<JsonNode> observations(BudgetRequest budget, JsonNode query) {
        return Attempt.of(EmergencyConnector.VENDOR, () -> client.observations(budget.header(), query));
    }

    /** Genesys waits for the action's own remote system, up to a minute; nobody here needs its answer that late. */
    @Timeout(EXECUTION_MS)
    Uni<JsonNode> execute(BudgetRequest budget, String actionId, Map<String, Object> input) {
        return Attempt.of(EmergencyConnector.VENDOR, () -> client.execute(budget.header(), actionId, input));
    }
}
