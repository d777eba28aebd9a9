package io.incidentbridge.sandbox.servicenow;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A column of a table, or of a record it refers to ("dot-walking"), for example {@code caller_id.name}. */
final class FieldPath {

    private final Store store;
    private final String name;
    private final int[] references;
    private final List<String> tables;
    private final TableSchema lastTable;
    private final Column column;

    private FieldPath(
            Store store, String name, int[] references, List<String> tables, TableSchema lastTable, Column column) {
        this.store = store;
        this.name = name;
        this.references = references;
        this.tables = tables;
        this.lastTable = lastTable;
        this.column = column;
    }

    /** @return empty if there is no such column */
    static Optional<FieldPath> of(Store store, TableSchema schema, String name) {
        String[] segments = name.split("\\.", -1);
        int[] references = new int[segments.length - 1];
        List<String> tables = new ArrayList<>();
        TableSchema current = schema;
        for (int i = 0; i < references.length; i++) {
            Optional<Column> reference =
                    current.column(segments[i]).filter(each -> each.type() == ColumnType.REFERENCE);
            if (reference.isEmpty()) {
                return Optional.empty();
            }
            references[i] = current.position(segments[i]);
            tables.add(reference.get().reference());
            current = store.schema(reference.get().reference()).orElseThrow();
        }
        TableSchema last = current;
        return last.column(segments[references.length])
                .map(column -> new FieldPath(store, name, references, tables, last, column));
    }

    String name() {
        return name;
    }

    Column column() {
        return column;
    }

    /** @return the record that has the column; empty when a reference on the way is empty or dangling */
    Optional<Row> owner(Row row) {
        Optional<Row> current = Optional.of(row);
        for (int i = 0; i < references.length && current.isPresent(); i++) {
            current = store.get(tables.get(i), current.get().get(references[i]));
        }
        return current;
    }

    /** @return the raw value, {@code ""} when empty */
    String raw(Row row) {
        if (column.isJournal()) {
            return "";
        }
        if (references.length == 0) {
            return row.get(lastTable.position(column.name()));
        }
        return owner(row).map(owner -> owner.get(column.name())).orElse("");
    }
}
