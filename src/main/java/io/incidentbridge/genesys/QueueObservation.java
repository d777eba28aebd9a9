package io.incidentbridge.genesys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * What a queue looks like at this moment, voice calls only. All zero when Genesys says nothing of the queue.
 *
 * @param idleAgents  on the queue and free
 * @param busyAgents  on the queue and not free, whatever they do
 * @param waiting     calls that wait for an agent
 * @param interacting calls that an agent handles
 */
public record QueueObservation(String queueId, int idleAgents, int busyAgents, int waiting, int interacting) {

    private static final String ON_QUEUE = "oOnQueueUsers";
    private static final String WAITING = "oWaiting";
    private static final String INTERACTING = "oInteracting";
    private static final String IDLE = "IDLE";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Agents have no media type, so the query cannot ask for one; {@link #of} leaves the others out. */
    static ObjectNode query(List<String> queueIds) {
        ObjectNode query = JSON.objectNode();
        ObjectNode filter = query.putObject("filter").put("type", "or");
        queueIds.forEach(id -> filter.withArray("predicates")
                .addObject()
                .put("type", "dimension")
                .put("dimension", "queueId")
                .put("operator", "matches")
                .put("value", id));
        query.putArray("metrics").add(WAITING).add(INTERACTING).add(ON_QUEUE);
        return query;
    }

    static QueueObservation of(String queueId, JsonNode answer) {
        int idle = 0;
        int busy = 0;
        int waiting = 0;
        int interacting = 0;
        for (JsonNode data : dataOf(queueId, answer)) {
            int count = data.path("stats").path("count").asInt();
            switch (data.path("metric").asText()) {
                case ON_QUEUE -> {
                    boolean free = IDLE.equals(data.path("qualifier").asText());
                    idle += free ? count : 0;
                    busy += free ? 0 : count;
                }
                case WAITING -> waiting += count;
                case INTERACTING -> interacting += count;
                default -> {
                    // Not asked for.
                }
            }
        }
        return new QueueObservation(queueId, idle, busy, waiting, interacting);
    }

    private static List<JsonNode> dataOf(String queueId, JsonNode answer) {
        return StreamSupport.stream(answer.path("results").spliterator(), false)
                .filter(result -> result.path("group").path("queueId").asText().equals(queueId))
                .filter(result ->
                        result.path("group").path("mediaType").asText("voice").equals("voice"))
                .flatMap(result -> StreamSupport.stream(result.path("data").spliterator(), false))
                .toList();
    }
}
