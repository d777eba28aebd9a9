package io.incidentbridge.tally;

import io.incidentbridge.metrics.PeriodCounts.Count;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What is added to the shared counts in one step.
 *
 * @param number of the replica's batches, from 1
 */
record Batch(long number, List<Count> plain, List<Call> calls) {

    /**
     * A conversation's outcome so far.
     *
     * @param conversation as it is stored
     * @param rank         the higher one counts
     */
    record Call(String conversation, long millis, String name, int rank) {}

    int size() {
        return plain.size() + calls.size();
    }

    String json() {
        JsonArray counted = new JsonArray();
        plain.forEach(count -> counted.add(
                new JsonArray().add(count.millis()).add(count.name()).add(count.count())));
        JsonArray made = new JsonArray();
        calls.forEach(call -> made.add(new JsonArray()
                .add(call.conversation())
                .add(call.millis())
                .add(call.name())
                .add(call.rank())));
        return new JsonObject().put("plain", counted).put("calls", made).encode();
    }
}
