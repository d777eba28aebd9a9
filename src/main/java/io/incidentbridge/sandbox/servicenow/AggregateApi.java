package io.incidentbridge.sandbox.servicenow;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code GET /api/now/stats/{table}}: parameters and shapes as in c_AggregateAPI.md of the product documentation. */
final class AggregateApi {

    private final Store store;
    private final Filters filters;
    private final DisplayValues displayValues;

    AggregateApi(Store store, Filters filters) {
        this.store = store;
        this.filters = filters;
        this.displayValues = new DisplayValues(store);
    }

    ApiReply handle(ApiRequest request, String table) {
        if (!request.method().equals("GET")) {
            throw new ApiException(
                    405, "Method not supported", request.method() + " is not supported for this resource");
        }
        TableSchema schema = store.schema(table).orElseThrow(() -> ApiException.invalidTable(table));
        List<Row> rows = store.rules().hides(schema, request.account())
                ? List.of()
                : filters.of(request, schema).run(store, schema);
        List<FieldPath> groupBy = paths(request, schema, "sysparm_group_by");
        Aggregates aggregates = new Aggregates(request, path -> FieldPath.of(store, schema, path));
        if (groupBy.isEmpty()) {
            return ApiReply.result(200, new JsonObject().put("stats", aggregates.stats(rows)));
        }
        List<Group> groups = new ArrayList<>(group(rows, groupBy));
        groups.removeIf(group -> !aggregates.having(group.rows()));
        groups.sort(new GroupOrder(request.parameters().get("sysparm_order_by"), groupBy, aggregates));
        JsonView.Mode mode = JsonView.mode(request.parameters().get("sysparm_display_value"));
        JsonArray result = new JsonArray();
        groups.forEach(group -> result.add(new JsonObject()
                .put("stats", aggregates.stats(group.rows()))
                .put("groupby_fields", describe(group, groupBy, mode))));
        return ApiReply.result(200, result);
    }

    private List<FieldPath> paths(ApiRequest request, TableSchema schema, String parameter) {
        return Arrays.stream(request.parameters().getOrDefault(parameter, "").split(","))
                .flatMap(name -> FieldPath.of(store, schema, name.strip()).stream())
                .toList();
    }

    private static List<Group> group(List<Row> rows, List<FieldPath> groupBy) {
        Map<List<String>, Group> groups = new LinkedHashMap<>();
        for (Row row : rows) {
            List<String> key = groupBy.stream().map(path -> path.raw(row)).toList();
            groups.computeIfAbsent(key, values -> new Group(values, new ArrayList<>()))
                    .rows()
                    .add(row);
        }
        return List.copyOf(groups.values());
    }

    private JsonArray describe(Group group, List<FieldPath> groupBy, JsonView.Mode mode) {
        JsonArray fields = new JsonArray();
        for (int i = 0; i < groupBy.size(); i++) {
            String raw = group.key().get(i);
            String displayed = displayValues.of(groupBy.get(i).column(), raw);
            JsonObject field = new JsonObject()
                    .put("field", groupBy.get(i).name())
                    .put("value", mode == JsonView.Mode.DISPLAY ? displayed : raw);
            if (mode == JsonView.Mode.BOTH) {
                field.put("display_value", displayed);
            }
            fields.add(field);
        }
        return fields;
    }

    /** @param key the raw values that its rows share, in the order of {@code sysparm_group_by} */
    record Group(List<String> key, List<Row> rows) {}
}
