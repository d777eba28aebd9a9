package io.incidentbridge.sandbox.genesys;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Live numbers of queues. Waiting and interacting are counted per queue and media type, agents per queue and routing
 * status, as in the real answer; a queue that does not exist has no result.
 */
final class ObservationRoutes {

    private static final Set<String> METRICS = Set.of("oWaiting", "oInteracting", "oOnQueueUsers");

    private final Conversations conversations;
    private final Queues queues;

    ObservationRoutes(Conversations conversations, Queues queues) {
        this.conversations = conversations;
        this.queues = queues;
    }

    void addTo(GenesysApi api) {
        api.on(HttpMethod.POST, "analytics/queues/observations/query", this::query);
    }

    private void query(GenesysCall call) {
        JsonObject body = call.body();
        if (!(body.getValue("filter") instanceof JsonObject filter)) {
            throw GenesysFailure.of(400, "bad.request", "A filter is required");
        }
        Set<String> queueIds = new LinkedHashSet<>();
        collectQueueIds(filter, queueIds);
        Set<String> metrics = names(body, "metrics", METRICS);
        Set<String> details = names(body, "detailMetrics", Set.of());
        JsonArray results = new JsonArray();
        for (String id : queueIds) {
            queues.find(id).ifPresent(queue -> addResults(results, queue, metrics, details));
        }
        call.reply(new JsonObject().put("results", results));
    }

    private static void collectQueueIds(JsonObject filter, Set<String> queueIds) {
        for (Object each : filter.getJsonArray("predicates", new JsonArray())) {
            if (each instanceof JsonObject predicate && "queueId".equals(predicate.getString("dimension"))) {
                queueIds.add(predicate.getString("value"));
            }
        }
        for (Object each : filter.getJsonArray("clauses", new JsonArray())) {
            if (each instanceof JsonObject clause) {
                collectQueueIds(clause, queueIds);
            }
        }
    }

    private static Set<String> names(JsonObject body, String field, Set<String> absent) {
        if (!(body.getValue(field) instanceof JsonArray given)) {
            return absent;
        }
        Set<String> names = new LinkedHashSet<>();
        for (Object name : given) {
            if (!METRICS.contains(name)) {
                throw GenesysFailure.of(400, "bad.request", "Unknown metric: " + name);
            }
            names.add((String) name);
        }
        return names;
    }

    private void addResults(JsonArray results, Queues.Queue queue, Set<String> metrics, Set<String> details) {
        List<Conversation> waiting = conversations.in(queue.id(), ConversationState.WAITING);
        List<Conversation> talking = conversations.in(queue.id(), ConversationState.CONNECTED);
        JsonArray calls = new JsonArray();
        addCalls(calls, "oWaiting", waiting, waiting.size(), metrics, details);
        addCalls(calls, "oInteracting", talking, talking.size() + queue.busy(), metrics, details);
        if (!calls.isEmpty()) {
            JsonObject group = new JsonObject().put("queueId", queue.id()).put("mediaType", "voice");
            results.add(new JsonObject().put("group", group).put("data", calls));
        }
        if (metrics.contains("oOnQueueUsers")) {
            int busy = Math.min(queue.agents(), queue.busy() + talking.size());
            JsonArray agents = new JsonArray()
                    .add(metric("oOnQueueUsers", queue.agents() - busy).put("qualifier", "IDLE"))
                    .add(metric("oOnQueueUsers", busy).put("qualifier", "INTERACTING"));
            JsonObject group = new JsonObject().put("queueId", queue.id());
            results.add(new JsonObject().put("group", group).put("data", agents));
        }
    }

    private static void addCalls(
            JsonArray data,
            String name,
            List<Conversation> conversations,
            int count,
            Set<String> metrics,
            Set<String> details) {
        if (!metrics.contains(name) && !details.contains(name)) {
            return;
        }
        JsonObject metric = metric(name, count);
        if (details.contains(name)) {
            JsonArray observations = new JsonArray();
            conversations.forEach(conversation -> observations.add(conversation.observation()));
            metric.put("truncated", false).put("observations", observations);
        }
        data.add(metric);
    }

    private static JsonObject metric(String name, int count) {
        return new JsonObject().put("metric", name).put("stats", new JsonObject().put("count", count));
    }
}
