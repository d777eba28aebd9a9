package io.incidentbridge.sandbox;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Set;

/**
 * Which calls to generate.
 *
 * @param topic        the wrap-up code of all of them
 * @param knownCallers share of callers whose number ServiceNow knows
 */
record CallOrder(int count, double perSecond, String topic, double knownCallers) {

    private static final Set<String> FIELDS = Set.of("count", "perSecond", "topic", "knownCallers");

    static CallOrder parse(Buffer body) {
        StrictJson json = StrictJson.parse(body, FIELDS);
        return new CallOrder(
                json.integer("count", 10, 1, 100_000),
                json.number("perSecond", 5, 0.01, 500),
                json.text("topic", "email-down"),
                json.number("knownCallers", 0.8, 0, 1));
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("count", count)
                .put("perSecond", perSecond)
                .put("topic", topic)
                .put("knownCallers", knownCallers);
    }
}
