package io.incidentbridge.sandbox.genesys;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** {@code flows/datatables}: a PUT is no upsert, and reads show the key alone unless asked for more. */
final class DataTableRoutes {

    private static final String PATH = "flows/datatables";
    private static final String ROW = PATH + "/:table/rows/:row";

    private final DataTables tables;
    private final Changes changes;

    DataTableRoutes(DataTables tables, Changes changes) {
        this.tables = tables;
        this.changes = changes;
    }

    void addTo(GenesysApi api) {
        api.on(HttpMethod.GET, PATH, call -> call.reply(call.page(tables.all())));
        api.on(HttpMethod.GET, PATH + "/:table", call -> call.reply(tables.table(call.id("table"))));
        api.on(HttpMethod.GET, PATH + "/:table/rows", this::rows);
        api.on(HttpMethod.POST, PATH + "/:table/rows", this::insert);
        api.on(HttpMethod.GET, ROW, this::row);
        api.on(HttpMethod.PUT, ROW, this::replace);
        api.on(HttpMethod.DELETE, ROW, this::delete);
    }

    private void rows(GenesysCall call) {
        JsonArray shown = new JsonArray();
        tables.rows(call.id("table")).forEach(row -> shown.add(shown(call, (JsonObject) row)));
        call.reply(call.page(shown));
    }

    private void row(GenesysCall call) {
        JsonObject row = tables.row(call.id("table"), call.id("row")).orElseThrow(DataTables::rowNotFound);
        call.reply(shown(call, row));
    }

    private static JsonObject shown(GenesysCall call, JsonObject row) {
        return call.flag("showbrief", true) ? new JsonObject().put("key", row.getString("key")) : row;
    }

    private void insert(GenesysCall call) {
        JsonObject row = tables.insert(call.id("table"), call.body());
        changes.add(call, 200, null, row);
        call.reply(row);
    }

    private void replace(GenesysCall call) {
        JsonObject before = tables.row(call.id("table"), call.id("row")).orElse(null);
        JsonObject row = tables.replace(call.id("table"), call.id("row"), call.body());
        changes.add(call, 200, before, row);
        call.reply(row);
    }

    private void delete(GenesysCall call) {
        changes.add(call, 204, tables.delete(call.id("table"), call.id("row")), null);
        call.reply(204);
    }
}
