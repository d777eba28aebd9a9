package io.incidentbridge.sandbox.genesys;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Architect data tables: rows of scalars by their key, read by flows. Guarded by itself. */
final class DataTables {

    private static final String KEY = "KEY";
    private static final Set<String> SPELLINGS = Set.of(KEY, "key");

    private final Map<String, Table> byId = new LinkedHashMap<>();

    /** @param rows by key, as they are answered: the key is spelled {@code key} there */
    record Table(String id, String name, Map<String, JsonObject> rows) {

        JsonObject toJson() {
            return new JsonObject()
                    .put("id", id)
                    .put("name", name)
                    .put("division", new JsonObject().put("id", "division-home"))
                    .put("selfUri", "/api/v2/flows/datatables/" + id);
        }
    }

    DataTables() {
        seed();
    }

    synchronized void seed() {
        byId.clear();
        add("datatable-system-health", "System_Health");
        add("datatable-emergency-routing", "Emergency_Routing");
    }

    private void add(String id, String name) {
        byId.put(id, new Table(id, name, new TreeMap<>()));
    }

    synchronized JsonArray all() {
        JsonArray tables = new JsonArray();
        byId.values().forEach(table -> tables.add(table.toJson()));
        return tables;
    }

    synchronized JsonObject table(String id) {
        return find(id).toJson();
    }

    synchronized JsonArray rows(String table) {
        JsonArray rows = new JsonArray();
        find(table).rows().values().forEach(row -> rows.add(row.copy()));
        return rows;
    }

    synchronized Optional<JsonObject> row(String table, String key) {
        return Optional.ofNullable(find(table).rows().get(key)).map(JsonObject::copy);
    }

    /** @param row with its key, spelled {@code KEY} */
    synchronized JsonObject insert(String table, JsonObject row) {
        Map<String, JsonObject> rows = find(table).rows();
        String key = key(row);
        checkKey(row, key);
        if (rows.containsKey(key)) {
            throw GenesysFailure.of(
                    409, "flows.datatables.not.unique", "The row or table is not unique within its scope.");
        }
        rows.put(key, stored(row, key));
        return rows.get(key).copy();
    }

    /** @param row whole: columns that it does not name are gone */
    synchronized JsonObject replace(String table, String key, JsonObject row) {
        Map<String, JsonObject> rows = find(table).rows();
        if (!rows.containsKey(key)) {
            throw rowNotFound();
        }
        checkKey(row, key);
        rows.put(key, stored(row, key));
        return rows.get(key).copy();
    }

    synchronized JsonObject delete(String table, String key) {
        JsonObject old = find(table).rows().remove(key);
        if (old == null) {
            throw rowNotFound();
        }
        return old;
    }

    /** At once and whatever is there, null to delete. */
    synchronized void force(String table, String key, JsonObject row) {
        Map<String, JsonObject> rows = find(table).rows();
        if (row == null) {
            rows.remove(key);
        } else {
            rows.put(key, stored(row, key));
        }
    }

    static GenesysFailure rowNotFound() {
        return GenesysFailure.of(404, "flows.datatables.row.not.found", "The row could not be found.");
    }

    private Table find(String id) {
        Table table = byId.get(id);
        if (table == null) {
            throw GenesysFailure.of(404, "flows.datatables.table.not.found", "The datatable could not be found.");
        }
        return table;
    }

    /** Either spelling may be left out, but names no other row. */
    private static void checkKey(JsonObject row, String key) {
        for (String column : SPELLINGS) {
            if (row.containsKey(column) && !key.equals(row.getValue(column))) {
                throw GenesysFailure.of(400, "flows.datatables.syntax.error", "The key of a row cannot be changed.");
            }
        }
    }

    private static String key(JsonObject row) {
        if (row.getValue(KEY) instanceof String key && !key.isBlank()) {
            return key;
        }
        throw schemaException("KEY is required");
    }

    private static JsonObject stored(JsonObject row, String key) {
        JsonObject stored = new JsonObject().put("key", key);
        row.forEach(column -> {
            if (!SPELLINGS.contains(column.getKey())) {
                stored.put(column.getKey(), scalar(column.getKey(), column.getValue()));
            }
        });
        return stored;
    }

    private static Object scalar(String column, Object value) {
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        throw schemaException(column + " must be a string, a number or a boolean");
    }

    private static GenesysFailure schemaException(String message) {
        return GenesysFailure.of(
                400, "flows.datatables.schema.exception", "The row didn't conform to the schema: " + message);
    }
}
