package io.incidentbridge.genesys;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentbridge.genesys.Conversation.Participant;
import io.incidentbridge.itsm.ConnectorException;
import io.incidentbridge.itsm.FailureReason;
import io.incidentbridge.itsm.Failures;
import io.incidentbridge.ratelimit.BudgetRequest;
import io.incidentbridge.ratelimit.Lane;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Genesys Cloud in the flows' words; every failure is a {@link ConnectorException}. */
@ApplicationScoped
public class GenesysConnector {

    public static final String VENDOR = "genesys";

    /** Longest wait for room in the budget: well within the timeout of a call, lest the client breaker counts it. */
    private static final Duration ROOM = Duration.ofMillis(1500);

    private static final Set<String> CUSTOMERS = Set.of("customer", "external");
    private static final String NOT_ACTIVE = "conversation.error.forbidden.not.active.participant";

    private final GenesysApi api;

    GenesysConnector(GenesysApi api) {
        this.api = api;
    }

    /** The conversation with its participants; NOT_FOUND once Genesys has forgotten it. */
    public Uni<Conversation> conversation(String conversationId) {
        return api.conversation(room(), conversationId)
                .map(GenesysConnector::conversation)
                .onFailure()
                .transform(GenesysConnector::failure);
    }

    /**
     * Sets attributes of a participant; others stay as they are. NOT_FOUND once the conversation has ended or is forgotten:
     * from then on nobody can.
     *
     * @param participantId null for the customer's
     */
    public Uni<Void> setParticipantAttributes(
            String conversationId, String participantId, Map<String, String> attributes, BudgetRequest request) {
        BudgetRequest room = request.atMost(ROOM);
        Uni<String> participant = participantId == null
                ? api.conversation(room, conversationId).map(wire -> customerOf(conversation(wire)))
                : Uni.createFrom().item(participantId);
        return participant
                .flatMap(id -> api.setAttributes(request.atMost(ROOM), conversationId, id, attributes))
                .onFailure()
                .transform(GenesysConnector::overOrFailed);
    }

    /** Sets the queue priority of a conversation that waits; a failure when it does not. */
    public Uni<Void> setPriority(String conversationId, int priority) {
        return api.setPriority(room(), conversationId, priority)
                .replaceWithVoid()
                .onFailure()
                .transform(GenesysConnector::failure);
    }

    /** Whether the bridge's token is good; a refused one has been replaced once by then. */
    public Uni<Void> checkToken() {
        return api.tokenInfo(room()).replaceWithVoid().onFailure().transform(GenesysConnector::failure);
    }

    private static String customerOf(Conversation conversation) {
        return conversation.participants().stream()
                .filter(participant -> CUSTOMERS.contains(participant.purpose()))
                .findFirst()
                .map(Participant::id)
                .orElseThrow(() -> over("no customer in the conversation", null));
    }

    /** A conversation that has ended is refused with the status of missing rights; only the code tells them apart. */
    private static ConnectorException overOrFailed(Throwable thrown) {
        ConnectorException failure = failure(thrown);
        return failure.vendorMessage().startsWith(NOT_ACTIVE) ? over("the conversation has ended", failure) : failure;
    }

    private static ConnectorException over(String message, Throwable cause) {
        return ConnectorException.of(VENDOR, FailureReason.NOT_FOUND, message, cause);
    }

    /**
     * The row of an Architect data table, its key included.
     *
     * @return NOT_FOUND without such a table or row
     */
    public Uni<DataTableRow> dataTableRow(String tableId, String key, BudgetRequest request) {
        return api.row(request, tableId, key)
                .map(wire -> DataTableRow.of(key, wire))
                .onFailure()
                .transform(GenesysConnector::failure);
    }

    /** Replaces the row as a whole, or adds it when there is none with its key. */
    public Uni<Void> putDataTableRow(String tableId, DataTableRow row, BudgetRequest request) {
        return row.put(
                        () -> api.replaceRow(request, tableId, row.key(), row.wire()),
                        () -> api.insertRow(request, tableId, row.wire()))
                .onFailure()
                .transform(GenesysConnector::failure);
    }

    private static Conversation conversation(JsonNode wire) {
        return new Conversation(
                wire.path("id").asText(),
                StreamSupport.stream(wire.path("participants").spliterator(), false)
                        .map(GenesysConnector::participant)
                        .toList());
    }

    private static Participant participant(JsonNode wire) {
        Map<String, String> attributes = new LinkedHashMap<>();
        wire.path("attributes")
                .fields()
                .forEachRemaining(
                        field -> attributes.put(field.getKey(), field.getValue().asText()));
        return new Participant(
                wire.path("id").asText(),
                wire.path("purpose").asText(),
                !wire.path("endTime").asText("").isEmpty(),
                attributes,
                wire.path("conversationRoutingData").path("priority").asInt(0));
    }

    /** Ahead of ticket writes: each of these is about somebody on the phone or an emergency's preflight. */
    private static BudgetRequest room() {
        return BudgetRequest.within(Lane.LOOKUP, ROOM);
    }

    private static ConnectorException failure(Throwable thrown) {
        return Failures.of(VENDOR, thrown);
    }
}
