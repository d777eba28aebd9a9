package io.incidentbridge.sandbox.servicenow;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The columns of a table. A table that extends another begins with the other's columns, in the same order. */
final class TableSchema {

    private final String name;
    private final String parent;
    private final String numberPrefix;
    private final String displayColumn;
    private final String uniqueColumn;
    private final List<Column> columns;
    private final Map<String, Integer> positions = new HashMap<>();

    /**
     * @param parent        the table this one extends, or null
     * @param numberPrefix  for example {@code INC}, or null for a table without numbers
     * @param displayColumn what stands for a record where it is referred to
     * @param uniqueColumn  a column with a unique index beside the sys_id's, or null
     */
    TableSchema(
            String name,
            String parent,
            String numberPrefix,
            String displayColumn,
            String uniqueColumn,
            List<Column> columns) {
        this.name = name;
        this.parent = parent;
        this.numberPrefix = numberPrefix;
        this.displayColumn = displayColumn;
        this.uniqueColumn = uniqueColumn;
        this.columns = List.copyOf(columns);
        for (int i = 0; i < columns.size(); i++) {
            positions.put(columns.get(i).name(), i);
        }
    }

    String name() {
        return name;
    }

    Optional<String> parent() {
        return Optional.ofNullable(parent);
    }

    Optional<String> numberPrefix() {
        return Optional.ofNullable(numberPrefix);
    }

    String displayColumn() {
        return displayColumn;
    }

    Optional<String> uniqueColumn() {
        return Optional.ofNullable(uniqueColumn);
    }

    List<Column> columns() {
        return columns;
    }

    boolean has(String column) {
        return positions.containsKey(column);
    }

    Optional<Column> column(String column) {
        return has(column) ? Optional.of(columns.get(positions.get(column))) : Optional.empty();
    }

    /** @throws IllegalArgumentException for an unknown column */
    int position(String column) {
        Integer position = positions.get(column);
        if (position == null) {
            throw new IllegalArgumentException(name + " has no column " + column);
        }
        return position;
    }
}
