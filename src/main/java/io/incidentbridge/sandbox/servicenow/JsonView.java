package io.incidentbridge.sandbox.servicenow;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Records as the Table API writes them: every scalar a string, an empty reference {@code ""}, never null. Shapes as
 * in the samples of the product documentation.
 */
final class JsonView {

    /** {@code sysparm_display_value}. */
    enum Mode {
        RAW,
        DISPLAY,
        BOTH
    }

    private final Store store;
    private final DisplayValues displayValues;
    private final List<FieldPath> fields;
    private final Mode mode;
    private final boolean referenceLinks;
    private final String instance;

    private JsonView(Store store, List<FieldPath> fields, Mode mode, boolean referenceLinks, String instance) {
        this.store = store;
        this.displayValues = new DisplayValues(store);
        this.fields = fields;
        this.mode = mode;
        this.referenceLinks = referenceLinks;
        this.instance = instance;
    }

    /** @param instance the absolute address that the instance's paths follow */
    static JsonView of(Store store, TableSchema schema, Map<String, String> parameters, String instance) {
        return new JsonView(
                store,
                fields(store, schema, parameters.getOrDefault("sysparm_fields", "")),
                mode(parameters.get("sysparm_display_value")),
                !"true".equals(parameters.get("sysparm_exclude_reference_link")),
                instance);
    }

    static Mode mode(String displayValue) {
        if ("true".equals(displayValue)) {
            return Mode.DISPLAY;
        }
        return "all".equals(displayValue) ? Mode.BOTH : Mode.RAW;
    }

    private static List<FieldPath> fields(Store store, TableSchema schema, String wanted) {
        List<String> names =
                wanted.isBlank() ? schema.columns().stream().map(Column::name).toList() : List.of(wanted.split(","));
        List<FieldPath> fields = new ArrayList<>();
        // Unknown names are dropped silently, as documented.
        names.forEach(name -> FieldPath.of(store, schema, name.strip()).ifPresent(fields::add));
        return fields;
    }

    JsonObject render(Row row) {
        JsonObject json = new JsonObject();
        for (FieldPath field : fields) {
            json.put(field.name(), value(field, row));
        }
        return json;
    }

    private Object value(FieldPath field, Row row) {
        String raw = field.raw(row);
        boolean linked = referenceLinks && field.column().type() == ColumnType.REFERENCE && !raw.isEmpty();
        JsonObject json = new JsonObject();
        if (mode != Mode.RAW) {
            json.put("display_value", displayValues.of(field, row));
        }
        if (linked) {
            json.put("link", instance + "/api/now/table/" + field.column().reference() + "/" + raw);
        }
        if (mode != Mode.DISPLAY) {
            json.put("value", raw);
        }
        if (mode == Mode.BOTH || linked) {
            return json;
        }
        return mode == Mode.RAW ? raw : displayValues.of(field, row);
    }
}
