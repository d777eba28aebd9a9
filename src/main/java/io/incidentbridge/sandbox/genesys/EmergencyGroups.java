package io.incidentbridge.sandbox.genesys;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Emergency groups: whole objects, and a PUT overwrites all that can be written. What becomes of a stale version is not
 * documented; here it is refused.
 */
final class EmergencyGroups {

    private static final Set<String> READ_ONLY = Set.of(
            "id",
            "version",
            "dateCreated",
            "dateModified",
            "createdBy",
            "modifiedBy",
            "createdByApp",
            "modifiedByApp",
            "state",
            "selfUri");

    private final Clock clock;
    private final Map<String, JsonObject> byId = new LinkedHashMap<>();

    EmergencyGroups(Clock clock) {
        this.clock = clock;
        seed();
    }

    synchronized void seed() {
        byId.clear();
        add("emergency-group-itsm", "ITSM emergency", flow("flow-emergency", "ivr-main", "ivr-service-desk"));
        add("emergency-group-payments", "Payments emergency", flow("flow-payments", "ivr-payments"));
    }

    private void add(String id, String name, JsonObject flow) {
        String now = Times.text(clock.instant());
        byId.put(
                id,
                new JsonObject()
                        .put("id", id)
                        .put("name", name)
                        .put("division", new JsonObject().put("id", "division-home"))
                        .put("description", "Calls go to the emergency flow while this is enabled")
                        .put("version", 1)
                        .put("dateCreated", now)
                        .put("dateModified", now)
                        .put("createdBy", "admin")
                        .put("modifiedBy", "admin")
                        .put("state", "active")
                        .put("enabled", false)
                        .put("emergencyCallFlows", new JsonArray().add(flow))
                        .put("selfUri", "/api/v2/architect/emergencygroups/" + id));
    }

    private static JsonObject flow(String id, String... ivrs) {
        JsonArray routes = new JsonArray();
        for (String ivr : ivrs) {
            routes.add(new JsonObject().put("id", ivr));
        }
        return new JsonObject()
                .put("emergencyFlow", new JsonObject().put("id", id))
                .put("ivrs", routes);
    }

    synchronized Optional<JsonObject> find(String id) {
        return Optional.ofNullable(byId.get(id)).map(JsonObject::copy);
    }

    synchronized JsonArray all() {
        JsonArray groups = new JsonArray();
        byId.values().forEach(group -> groups.add(group.copy()));
        return groups;
    }

    /**
     * What the given one does not name is gone.
     *
     * @param given whole; a version other than the current one is refused
     * @return empty when the version is stale
     */
    synchronized Optional<JsonObject> tryReplace(String id, JsonObject given, String actor) {
        JsonObject old = byId.get(id);
        int version = old.getInteger("version");
        if (given.getValue("version") instanceof Number stated && stated.intValue() != version) {
            return Optional.empty();
        }
        JsonObject group = given.copy();
        READ_ONLY.forEach(field -> group.put(field, old.getValue(field)));
        group.getMap().values().removeIf(value -> value == null);
        group.put("version", version + 1)
                .put("enabled", given.getBoolean("enabled", false))
                .put("emergencyCallFlows", given.getJsonArray("emergencyCallFlows", new JsonArray()))
                .put("modifiedBy", actor)
                .put("dateModified", Times.text(clock.instant()));
        byId.put(id, group);
        return Optional.of(group.copy());
    }
}
