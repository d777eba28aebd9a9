package io.incidentbridge.sandbox.genesys;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;

/**
 * Execution of Data Actions: the input's scalars come back as the output, which stands for the remote system's answer.
 * {@link Changes} tells who executed what, and when.
 */
final class ActionRoutes {

    private final Actions actions;
    private final Changes changes;

    ActionRoutes(Actions actions, Changes changes) {
        this.actions = actions;
        this.changes = changes;
    }

    void addTo(GenesysApi api) {
        api.on(HttpMethod.GET, "integrations/actions/:action", this::get);
        api.on(HttpMethod.POST, "integrations/actions/:action/execute", this::execute);
    }

    private void get(GenesysCall call) {
        call.reply(new JsonObject().put("id", call.id("action")).put("name", name(call)));
    }

    private void execute(GenesysCall call) {
        name(call);
        JsonObject input = call.body();
        if (input.stream().anyMatch(field -> field.getValue() instanceof Iterable<?>)) {
            throw GenesysFailure.of(400, "invalid.schema", "There was an issue validating the schema.");
        }
        changes.add(call, 200, null, input);
        call.reply(input);
    }

    private String name(GenesysCall call) {
        return actions.name(call.id("action")).orElseThrow(() -> GenesysFailure.of(404));
    }
}
