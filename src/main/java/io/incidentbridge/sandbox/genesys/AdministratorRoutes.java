package io.incidentbridge.sandbox.genesys;

import io.incidentbridge.sandbox.Replies;
import io.incidentbridge.sandbox.StrictJson;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;

/** Another administrator who changes things by hand, and the history of changes. No part of Genesys' API. */
final class AdministratorRoutes {

    private static final String ADMINISTRATOR = "administrator";

    private final EmergencyRouting routing;
    private final EmergencyGroups groups;
    private final DataTables tables;
    private final Changes changes;

    AdministratorRoutes(EmergencyRouting routing, EmergencyGroups groups, DataTables tables, Changes changes) {
        this.routing = routing;
        this.groups = groups;
        this.tables = tables;
        this.changes = changes;
    }

    void mount(Router router) {
        router.get("/control/changes")
                .handler(ctx ->
                        Replies.json(ctx, 200, changes.toJson(ctx.request().getParam("target"))));
        router.put("/control/emergencyrouting").handler(this::setRouting);
        router.put("/control/emergencygroups/:group").handler(this::setGroup);
        router.put("/control/datatables/:table/rows/:row").handler(this::setRow);
        router.delete("/control/datatables/:table/rows/:row").handler(this::deleteRow);
    }

    private void setRouting(RoutingContext ctx) {
        StrictJson json = StrictJson.parse(ctx.body().buffer(), Set.of("state", "reason", "queueIds", "priority"));
        String state = json.text("state");
        if (!List.of("ACTIVE", "INACTIVE").contains(state)) {
            Replies.problem(ctx, 400, "Bad Request", "'state' must be ACTIVE or INACTIVE");
            return;
        }
        JsonObject before = routing.toJson();
        routing.force(new EmergencyRouting.Setting(
                state,
                json.text("reason", "by hand"),
                json.texts("queueIds", List.of()),
                json.integer("priority", 0, 0, Integer.MAX_VALUE)));
        changes.addByHand(ADMINISTRATOR, "telephony/emergencyrouting", before, routing.toJson());
        Replies.json(ctx, 200, routing.toJson());
    }

    /** {@code detach} takes the call flows away, as a careless PUT would. */
    private void setGroup(RoutingContext ctx) {
        StrictJson json = StrictJson.parse(ctx.body().buffer(), Set.of("enabled", "detach", "description"));
        String id = ctx.pathParam("group");
        JsonObject before = groups.find(id).orElse(null);
        if (before == null) {
            Replies.problem(ctx, 404, "Not Found", "There is no such emergency group");
            return;
        }
        JsonObject changed = before.copy()
                .put("enabled", json.flag("enabled", before.getBoolean("enabled")))
                .put("description", json.text("description", before.getString("description")));
        if (json.flag("detach", false)) {
            changed.put("emergencyCallFlows", new JsonArray());
        }
        changed.remove("version");
        JsonObject after = groups.tryReplace(id, changed, ADMINISTRATOR).orElseThrow();
        changes.addByHand(ADMINISTRATOR, "architect/emergencygroups/" + id, before, after);
        Replies.json(ctx, 200, after);
    }

    private void setRow(RoutingContext ctx) {
        try {
            change(ctx, ctx.body().asJsonObject());
        } catch (DecodeException | ClassCastException e) {
            Replies.problem(ctx, 400, "Bad Request", "A JSON object is required");
        }
    }

    private void deleteRow(RoutingContext ctx) {
        change(ctx, null);
    }

    private void change(RoutingContext ctx, JsonObject row) {
        String table = ctx.pathParam("table");
        String key = ctx.pathParam("row");
        try {
            JsonObject before = tables.row(table, key).orElse(null);
            tables.force(table, key, row);
            changes.addByHand(ADMINISTRATOR, "flows/datatables/" + table + "/rows/" + key, before, row);
            Replies.none(ctx);
        } catch (GenesysFailure refused) {
            Replies.json(ctx, refused.error().getInteger("status"), refused.error());
        }
    }
}
