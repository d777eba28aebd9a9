package io.incidentbridge.sandbox.servicenow;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One record, never changed once stored: a change replaces it. An array rather than a map, because 100,000 users
 * must fit in memory beside the bridge and be scanned in a few milliseconds.
 */
final class Row {

    private final TableSchema schema;
    private final String[] values;

    /** @param values by the schema's positions; null stands for empty */
    Row(TableSchema schema, String[] values) {
        this.schema = schema;
        this.values = values;
    }

    static Row of(TableSchema schema, Map<String, String> values) {
        String[] array = new String[schema.columns().size()];
        values.forEach((column, value) -> array[schema.position(column)] = value);
        return new Row(schema, array);
    }

    /** As if it had been created then; needs no defaults of its own. */
    Row seeded(String createdOn) {
        String[] copy = values.clone();
        copy[schema.position("sys_created_on")] = createdOn;
        copy[schema.position("sys_created_by")] = "admin";
        copy[schema.position("sys_updated_on")] = createdOn;
        copy[schema.position("sys_updated_by")] = "admin";
        copy[schema.position("sys_mod_count")] = "0";
        copy[schema.position("sys_class_name")] = schema.name();
        copy[schema.position("sys_domain")] = "global";
        copy[schema.position("sys_domain_path")] = "/";
        return new Row(schema, copy);
    }

    TableSchema schema() {
        return schema;
    }

    String sysId() {
        return values[0];
    }

    /** @return the raw value, {@code ""} when empty */
    String get(int position) {
        String value = values[position];
        return value == null ? "" : value;
    }

    String get(String column) {
        return get(schema.position(column));
    }

    String[] copyOfValues() {
        return values.clone();
    }

    /** Every column with its raw value. */
    Map<String, String> toMap() {
        Map<String, String> map = new LinkedHashMap<>();
        for (Column column : schema.columns()) {
            map.put(column.name(), get(column.name()));
        }
        return map;
    }
}
