package io.incidentbridge.sandbox.servicenow;

import java.util.LinkedHashMap;
import java.util.Map;

/** A record while it is written: the business rules look at it and change it before it is stored. */
final class Draft {

    private final TableSchema schema;
    private final Row before;
    private final String[] values;
    private final Map<String, String> journal = new LinkedHashMap<>();

    /** @param before null for an insert */
    Draft(TableSchema schema, Row before) {
        this.schema = schema;
        this.before = before;
        this.values = before == null ? new String[schema.columns().size()] : before.copyOfValues();
    }

    boolean isInsert() {
        return before == null;
    }

    String table() {
        return schema.name();
    }

    boolean has(String column) {
        return schema.has(column);
    }

    String get(String column) {
        String value = values[schema.position(column)];
        return value == null ? "" : value;
    }

    /** Texts that are too long are cut without a word, as the platform does. */
    void set(String column, String value) {
        int position = schema.position(column);
        int limit = schema.columns().get(position).maxLength();
        values[position] = value.length() > limit ? value.substring(0, limit) : value;
    }

    void setIfEmpty(String column, String value) {
        if (has(column) && get(column).isEmpty()) {
            set(column, value);
        }
    }

    void append(String journalColumn, String text) {
        journal.put(journalColumn, text);
    }

    /** What was written into the journal columns by this change, by column. */
    Map<String, String> journal() {
        return journal;
    }

    boolean changes(String column) {
        return !get(column).equals(before == null ? "" : before.get(column));
    }

    boolean changesAnything() {
        return isInsert() || !journal.isEmpty() || schema.columns().stream().anyMatch(each -> changes(each.name()));
    }

    Row toRow() {
        return new Row(schema, values.clone());
    }
}
