package io.incidentbridge.sandbox.genesys;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which groups an observation query asks for: predicates about a group's dimensions, and clauses of such predicates,
 * all or any of which hold. A dimension that a group does not have limits nothing: agents have no media type.
 */
final class ObservationFilter {

    private static final Set<String> DIMENSIONS = Set.of("queueId", "mediaType");

    private ObservationFilter() {}

    /** @return of a group's dimensions by name */
    static Predicate<Map<String, String>> parse(JsonObject filter) {
        List<Predicate<Map<String, String>>> parts = predicates(filter);
        objects(filter, "clauses").forEach(clause -> parts.add(clause(clause)));
        return joined(filter, parts);
    }

    private static Predicate<Map<String, String>> clause(JsonObject clause) {
        if (!clause.containsKey("predicates")) {
            throw refused("A clause has predicates");
        }
        return joined(clause, predicates(clause));
    }

    private static Predicate<Map<String, String>> joined(JsonObject json, List<Predicate<Map<String, String>>> parts) {
        Object type = json.getValue("type");
        if ("and".equals(type)) {
            return group -> parts.stream().allMatch(part -> part.test(group));
        }
        if ("or".equals(type)) {
            return group -> parts.stream().anyMatch(part -> part.test(group));
        }
        throw refused("type must be and or or");
    }

    private static List<Predicate<Map<String, String>>> predicates(JsonObject json) {
        List<Predicate<Map<String, String>>> predicates = new ArrayList<>();
        objects(json, "predicates").forEach(predicate -> predicates.add(predicate(predicate)));
        return predicates;
    }

    private static Predicate<Map<String, String>> predicate(JsonObject predicate) {
        if (!(predicate.getValue("dimension") instanceof String dimension) || !DIMENSIONS.contains(dimension)) {
            throw refused("dimension must be mediaType or queueId");
        }
        Object operator = predicate.getValue("operator");
        if ("exists".equals(operator)) {
            return group -> true;
        }
        if ("notExists".equals(operator)) {
            return group -> !group.containsKey(dimension);
        }
        if (operator != null && !"matches".equals(operator)) {
            throw refused("operator must be matches, exists or notExists");
        }
        if (!(predicate.getValue("value") instanceof String value)) {
            throw refused("value is required");
        }
        return group -> group.getOrDefault(dimension, value).equals(value);
    }

    private static List<JsonObject> objects(JsonObject json, String field) {
        if (json.getValue(field) == null) {
            return List.of();
        }
        if (!(json.getValue(field) instanceof JsonArray list)
                || !list.stream().allMatch(JsonObject.class::isInstance)) {
            throw refused(field + " must be a list of objects");
        }
        return list.stream().map(JsonObject.class::cast).toList();
    }

    private static GenesysFailure refused(String message) {
        return GenesysFailure.of(400, "bad.request", message);
    }
}
