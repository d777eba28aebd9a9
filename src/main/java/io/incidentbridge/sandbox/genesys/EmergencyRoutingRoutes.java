package io.incidentbridge.sandbox.genesys;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;

/** {@code telephony/emergencyrouting}: 202 while a change takes effect, 409 for another one meanwhile. */
final class EmergencyRoutingRoutes {

    private static final String PATH = "telephony/emergencyrouting";
    private static final Set<String> STATES = Set.of("ACTIVE", "INACTIVE");

    private final EmergencyRouting routing;
    private final Changes changes;

    EmergencyRoutingRoutes(EmergencyRouting routing, Changes changes) {
        this.routing = routing;
        this.changes = changes;
    }

    void addTo(GenesysApi api) {
        api.on(HttpMethod.GET, PATH, call -> call.reply(routing.toJson()));
        api.on(HttpMethod.POST, PATH, this::set);
    }

    private void set(GenesysCall call) {
        EmergencyRouting.Setting setting = setting(call.body());
        JsonObject before = routing.toJson();
        if (!routing.trySet(setting)) {
            changes.add(call, 409, before, before);
            throw GenesysFailure.of(409, "conflict", "Another change of emergency routing is in progress.");
        }
        int status = routing.isPending() ? 202 : 200;
        changes.add(call, status, before, routing.toJson());
        call.reply(status, routing.toJson());
    }

    private static EmergencyRouting.Setting setting(JsonObject body) {
        if (!(body.getValue("state") instanceof String state) || !STATES.contains(state)) {
            throw invalid("state must be ACTIVE or INACTIVE");
        }
        if (!(body.getValue("reason") instanceof String reason) || reason.isBlank()) {
            throw invalid("reason is required");
        }
        JsonObject configuration =
                body.getValue("routingConfiguration") instanceof JsonObject given ? given : new JsonObject();
        List<String> queueIds = queueIds(configuration);
        if (state.equals("ACTIVE") && queueIds.isEmpty()) {
            throw invalid("routingConfiguration.queueIds must name a queue");
        }
        if (!(configuration.getValue("priority", 0) instanceof Integer priority) || priority < 0) {
            throw invalid("routingConfiguration.priority must be a whole number from 0");
        }
        return new EmergencyRouting.Setting(state, reason, queueIds, priority);
    }

    private static List<String> queueIds(JsonObject configuration) {
        if (configuration.getValue("queueIds", new JsonArray()) instanceof JsonArray ids
                && ids.stream().allMatch(String.class::isInstance)) {
            return ids.stream().map(String.class::cast).toList();
        }
        throw invalid("routingConfiguration.queueIds must be a list of ids");
    }

    private static GenesysFailure invalid(String message) {
        return GenesysFailure.of(400, "invalid.value", message);
    }
}
