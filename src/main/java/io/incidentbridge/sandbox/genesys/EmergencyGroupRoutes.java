package io.incidentbridge.sandbox.genesys;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** {@code architect/emergencygroups}: GET and PUT of whole groups; there is no PATCH. */
final class EmergencyGroupRoutes {

    private static final String PATH = "architect/emergencygroups";

    private final EmergencyGroups groups;
    private final Changes changes;

    EmergencyGroupRoutes(EmergencyGroups groups, Changes changes) {
        this.groups = groups;
        this.changes = changes;
    }

    void addTo(GenesysApi api) {
        api.on(HttpMethod.GET, PATH, call -> call.reply(call.page(groups.all())));
        api.on(HttpMethod.GET, PATH + "/:group", call -> call.reply(find(call)));
        api.on(HttpMethod.PUT, PATH + "/:group", this::replace);
    }

    private JsonObject find(GenesysCall call) {
        return groups.find(call.id("group")).orElseThrow(() -> GenesysFailure.of(404));
    }

    private void replace(GenesysCall call) {
        JsonObject before = find(call);
        JsonObject given = call.body();
        check(given);
        String actor = call.token().client();
        JsonObject after = groups.tryReplace(call.id("group"), given, actor).orElseThrow(() -> {
            changes.add(call, 409, before, before);
            return GenesysFailure.of(409);
        });
        changes.add(call, 200, before, after);
        call.reply(after);
    }

    private static void check(JsonObject given) {
        if (!(given.getValue("name") instanceof String name) || name.isBlank()) {
            throw GenesysFailure.of(400, "invalid.value", "name is required");
        }
        if (!(given.getValue("enabled", false) instanceof Boolean)
                || !(given.getValue("emergencyCallFlows", new JsonArray()) instanceof JsonArray flows)
                || !flows.stream().allMatch(JsonObject.class::isInstance)) {
            throw GenesysFailure.of(400);
        }
    }
}
