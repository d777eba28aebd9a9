package io.incidentbridge.sandbox.genesys;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

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
        Predicate<Map<String, String>> asked = ObservationFilter.parse(filter);
        if (body.getValue("metrics") == null) {
            throw GenesysFailure.of(400, "bad.request", "metrics are required");
        }
        Set<String> metrics = names(body, "metrics");
        Set<String> details = names(body, "detailMetrics");
        JsonArray results = new JsonArray();
        queues.all().forEach(queue -> addResults(results, queue, asked, metrics, details));
        call.reply(new JsonObject().put("results", results));
    }

    private static Set<String> names(JsonObject body, String field) {
        if (body.getValue(field) == null) {
            return Set.of();
        }
        if (!(body.getValue(field) instanceof JsonArray given)) {
            throw GenesysFailure.of(400, "bad.request", field + " must be a list");
        }
        Set<String> names = new LinkedHashSet<>();
        for (Object each : given) {
            if (!(each instanceof String name) || !METRICS.contains(name)) {
                throw GenesysFailure.of(400, "bad.request", "Unknown metric: " + each);
            }
            names.add(name);
        }
        return names;
    }

    private void addResults(
            JsonArray results,
            Queues.Queue queue,
            Predicate<Map<String, String>> asked,
            Set<String> metrics,
            Set<String> details) {
        List<Conversation> waiting = conversations.in(queue.id(), ConversationState.WAITING);
        List<Conversation> talking = conversations.in(queue.id(), ConversationState.CONNECTED);
        JsonArray calls = new JsonArray();
        addCalls(calls, "oWaiting", waiting, waiting.size(), metrics, details);
        addCalls(calls, "oInteracting", talking, talking.size() + queue.busy(), metrics, details);
        if (!calls.isEmpty() && asked.test(Map.of("queueId", queue.id(), "mediaType", "voice"))) {
            JsonObject group = new JsonObject().put("queueId", queue.id()).put("mediaType", "voice");
            results.add(new JsonObject().put("group", group).put("data", calls));
        }
        if (metrics.contains("oOnQueueUsers") && asked.test(Map.of("queueId", queue.id()))) {
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
