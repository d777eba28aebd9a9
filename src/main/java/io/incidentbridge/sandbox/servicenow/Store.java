package io.incidentbridge.sandbox.servicenow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The instance's database: all tables in memory, one lock, reads in parallel. */
final class Store {

    private static final int FIRST_NUMBER = 10_001;

    private final Map<String, TableSchema> schemas;
    private final Map<String, List<TableSchema>> families = new HashMap<>();
    private final Map<String, Map<String, Row>> rows = new HashMap<>();
    private final Map<String, Map<String, String>> uniqueIndexes = new HashMap<>();
    private final Map<String, List<Row>> journal = new HashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private volatile InstanceRules rules = InstanceRules.DEFAULT;

    Store(Map<String, TableSchema> schemas) {
        this.schemas = schemas;
        schemas.forEach((table, schema) -> families.put(table, withExtensions(schema)));
        clear();
    }

    Optional<TableSchema> schema(String table) {
        return Optional.ofNullable(schemas.get(table));
    }

    InstanceRules rules() {
        return rules;
    }

    void rules(InstanceRules changed) {
        rules = changed;
    }

    /** Runs the steps of one change undisturbed. */
    <T> T write(Supplier<T> change) {
        lock.writeLock().lock();
        try {
            return change.get();
        } finally {
            lock.writeLock().unlock();
        }
    }

    private <T> T read(Supplier<T> query) {
        lock.readLock().lock();
        try {
            return query.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    void clear() {
        write(() -> {
            journal.clear();
            numbers.clear();
            schemas.forEach((table, schema) -> {
                rows.put(table, new LinkedHashMap<>());
                uniqueIndexes.put(table, new HashMap<>());
            });
            return null;
        });
    }

    /** @return the rows that match, those of the tables that extend this one included, oldest first */
    List<Row> scan(TableSchema schema, Predicate<Row> filter) {
        return read(() -> {
            List<Row> found = new ArrayList<>();
            for (TableSchema each : families.get(schema.name())) {
                for (Row row : rows.get(each.name()).values()) {
                    if (filter.test(row)) {
                        found.add(row);
                    }
                }
            }
            return found;
        });
    }

    Optional<Row> get(String table, String sysId) {
        return schema(table)
                .flatMap(schema -> read(() -> {
                    for (TableSchema each : families.get(schema.name())) {
                        Row row = rows.get(each.name()).get(sysId);
                        if (row != null) {
                            return Optional.of(row);
                        }
                    }
                    return Optional.empty();
                }));
    }

    /** @throws ApiException if the sys_id, or the value of the unique column, is taken */
    void insert(Row row) {
        write(() -> {
            Map<String, Row> table = rows.get(row.schema().name());
            if (table.containsKey(row.sysId())) {
                throw ApiException.duplicate(row.sysId(), "PRIMARY");
            }
            takeUniqueValue(row);
            table.put(row.sysId(), row);
            if (row.schema().name().equals("sys_journal_field")) {
                journal.computeIfAbsent(row.get("element_id"), id -> new ArrayList<>())
                        .add(row);
            }
            return null;
        });
    }

    /** @throws ApiException if the value of the unique column is taken by another record */
    void replace(Row before, Row after) {
        write(() -> {
            takeUniqueValue(after);
            rows.get(after.schema().name()).put(after.sysId(), after);
            before.schema().uniqueColumn().ifPresent(column -> {
                if (!before.get(column).equals(after.get(column))) {
                    uniqueIndexes.get(before.schema().name()).remove(before.get(column));
                }
            });
            return null;
        });
    }

    void delete(Row row) {
        write(() -> {
            rows.get(row.schema().name()).remove(row.sysId());
            row.schema()
                    .uniqueColumn()
                    .ifPresent(column -> uniqueIndexes.get(row.schema().name()).remove(row.get(column)));
            return null;
        });
    }

    /** The journal entries of a record, oldest first. */
    List<Row> journalOf(String sysId) {
        return read(() -> List.copyOf(journal.getOrDefault(sysId, List.of())));
    }

    /** Finds a record by its table's unique column, for example a user by user_name. */
    Optional<Row> findUnique(String table, String value) {
        return read(() -> Optional.ofNullable(uniqueIndexes.get(table).get(value))
                .map(sysId -> rows.get(table).get(sysId)));
    }

    int count(String table) {
        return read(() -> rows.get(table).size());
    }

    /** @return for example {@code INC0010001} */
    String nextNumber(String prefix) {
        return write(() -> prefix + "%07d".formatted(numbers.merge(prefix, FIRST_NUMBER, (last, first) -> last + 1)));
    }

    private void takeUniqueValue(Row row) {
        String column = row.schema().uniqueColumn().orElse(null);
        if (column == null || row.get(column).isEmpty()) {
            return;
        }
        String owner = uniqueIndexes.get(row.schema().name()).putIfAbsent(row.get(column), row.sysId());
        if (owner != null && !owner.equals(row.sysId())) {
            throw ApiException.duplicate(row.get(column), column);
        }
    }

    private List<TableSchema> withExtensions(TableSchema schema) {
        List<TableSchema> family = new ArrayList<>(List.of(schema));
        for (TableSchema each : schemas.values()) {
            if (each.parent().filter(schema.name()::equals).isPresent()) {
                family.add(each);
            }
        }
        return family;
    }
}
