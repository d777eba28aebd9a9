package io.incidentbridge.genesys;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentbridge.itsm.ConnectorException;
import io.incidentbridge.itsm.Failures;
import io.incidentbridge.ratelimit.BudgetRequest;
import io.incidentbridge.ratelimit.Lane;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/**
 * Genesys Cloud under the emergency flow's own OAuth client, with a budget of its own. Every failure is a {@link
 * ConnectorException}; a token that was refused has been replaced once by then. Documents are Genesys' own, as they are
 * read and written whole.
 */
@ApplicationScoped
public class EmergencyConnector {

    /** Of failures, and of this client's budget ({@code bridge.budget.upstreams.genesys-emergency}). */
    public static final String VENDOR = "genesys-emergency";

    private final EmergencyApi api;
    private final EmergencyTokens tokens;
    private final EmergencyClientConfig config;

    EmergencyConnector(EmergencyApi api, EmergencyTokens tokens, EmergencyClientConfig config) {
        this.api = api;
        this.tokens = tokens;
        this.config = config;
    }

    /** Whether {@code bridge.genesys.emergency} names a client; without one everything fails as UNAUTHENTICATED. */
    public boolean isConfigured() {
        return tokens.isConfigured();
    }

    /** Fails when the token is not good, even after it was replaced once. */
    public Uni<Void> tokenAlive() {
        return translated(api.tokenInfo(room(Lane.EMERGENCY))).replaceWithVoid();
    }

    /** {@code GET /api/v2/telephony/emergencyrouting}: {@code state, reason, routingConfiguration, lastUpdated}. */
    public Uni<JsonNode> emergencyRouting() {
        return translated(api.routing(room(Lane.EMERGENCY)));
    }

    /**
     * {@code POST /api/v2/telephony/emergencyrouting}, once.
     *
     * @param routing {@code state, reason, routingConfiguration}
     * @return the answer, which says that it was accepted, not that it holds; CONFLICT while another change takes effect
     */
    public Uni<JsonNode> setEmergencyRouting(JsonNode routing) {
        return translated(api.setRouting(room(Lane.EMERGENCY), routing));
    }

    /** The whole emergency group. */
    public Uni<JsonNode> emergencyGroup(String groupId) {
        return translated(api.group(room(Lane.EMERGENCY), groupId));
    }

    /**
     * Writes a whole emergency group, once, after it was read again: CONFLICT if it was changed since the given document
     * was read, REJECTED if the document would take call flows away. Between that read and the write somebody else can
     * still change it, so read it afterwards.
     *
     * @param group made of what was read, see {@link EmergencyGroups#switched}
     */
    public Uni<JsonNode> putEmergencyGroup(String groupId, JsonNode group) {
        return translated(api.group(room(Lane.EMERGENCY), groupId)
                .invoke(current -> EmergencyGroups.check(current, group))
                .flatMap(current -> api.replaceGroup(room(Lane.EMERGENCY), groupId, group)));
    }

    /**
     * The row of an Architect data table.
     *
     * @return NOT_FOUND without such a table or row
     */
    public Uni<DataTableRow> dataTableRow(String tableId, String key) {
        return translated(api.row(room(Lane.EMERGENCY), tableId, key).map(wire -> DataTableRow.of(key, wire)));
    }

    /** Replaces the row as a whole, or adds it when there is none with its key. */
    public Uni<Void> putDataTableRow(String tableId, DataTableRow row) {
        return translated(row.put(
                () -> api.replaceRow(room(Lane.EMERGENCY), tableId, row.key(), row.wire()),
                () -> api.insertRow(room(Lane.EMERGENCY), tableId, row.wire())));
    }

    /** What the queues look like now, in the order asked. Leaves the room that changes of routing need. */
    public Uni<List<QueueObservation>> observations(List<String> queueIds) {
        return translated(api.observations(room(Lane.LOOKUP), QueueObservation.query(queueIds))
                .map(answer -> queueIds.stream()
                        .map(id -> QueueObservation.of(id, answer))
                        .toList()));
    }

    /**
     * Executes a Data Action, at the lowest priority of all.
     *
     * @param input the action's input: texts, numbers and booleans by name
     */
    public Uni<Void> execute(String actionId, Map<String, Object> input) {
        return translated(api.execute(room(Lane.BACKGROUND), actionId, input)).replaceWithVoid();
    }

    private BudgetRequest room(Lane lane) {
        return BudgetRequest.within(lane, config.room());
    }

    private static <T> Uni<T> translated(Uni<T> call) {
        return call.onFailure().transform(thrown -> Failures.of(VENDOR, thrown));
    }
}
