package io.incidentbridge.sandbox.servicenow;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Inserts, updates and deletes records: reads the input, applies the rules, keeps the {@code sys_} columns. */
final class RecordWriter {

    private final Store store;
    private final TaskRules taskRules;
    private final Clock clock;
    private final List<Consumer<RecordChange>> listeners = new CopyOnWriteArrayList<>();

    RecordWriter(Store store, Clock clock) {
        this.store = store;
        this.taskRules = new TaskRules(store);
        this.clock = clock;
    }

    void onChange(Consumer<RecordChange> listener) {
        listeners.add(listener);
    }

    /** @throws ApiException if a rule refuses, or the sys_id that the client chose is taken */
    Row insert(TableSchema schema, Map<String, String> input, boolean displayValues, Account account) {
        Row inserted = store.write(() -> {
            Draft draft = new Draft(schema, null);
            Instant now = clock.instant();
            read(input, draft, displayValues);
            draft.set("sys_id", sysId(store.rules().chosen(input.getOrDefault("sys_id", ""))));
            draft.set("sys_created_on", GlideDateTime.format(now));
            draft.set("sys_created_by", account.userName());
            draft.set("sys_mod_count", "0");
            draft.set("sys_class_name", schema.name());
            draft.set("sys_domain", "global");
            draft.set("sys_domain_path", "/");
            applyRules(draft, account, now);
            stampUpdate(draft, account, now);
            Row row = draft.toRow();
            store.insert(row);
            appendJournal(draft, row, account, now);
            return row;
        });
        listeners.forEach(listener ->
                listener.accept(new RecordChange(schema.name(), inserted.sysId(), Map.of(), inserted.toMap())));
        return inserted;
    }

    /** @throws ApiException if there is no such record, or a rule refuses */
    Row update(String table, String sysId, Map<String, String> input, boolean displayValues, Account account) {
        Row[] before = new Row[1];
        Row after = store.write(() -> {
            before[0] = store.get(table, sysId).orElseThrow(ApiException::noRecord);
            Draft draft = new Draft(before[0].schema(), before[0]);
            Instant now = clock.instant();
            read(input, draft, displayValues);
            if (!draft.changesAnything()) {
                return before[0];
            }
            applyRules(draft, account, now);
            draft.set("sys_mod_count", String.valueOf(Long.parseLong(draft.get("sys_mod_count")) + 1));
            stampUpdate(draft, account, now);
            Row row = draft.toRow();
            store.replace(before[0], row);
            appendJournal(draft, row, account, now);
            return row;
        });
        if (after != before[0]) {
            listeners.forEach(listener ->
                    listener.accept(new RecordChange(after.schema().name(), sysId, before[0].toMap(), after.toMap())));
        }
        return after;
    }

    void delete(String table, String sysId) {
        store.write(() -> {
            store.delete(store.get(table, sysId).orElseThrow(ApiException::noRecord));
            return null;
        });
    }

    /** Unknown and read-only columns are ignored; the documentation says that a choice cannot be cleared. */
    private void read(Map<String, String> input, Draft draft, boolean displayValues) {
        InputValues values = new InputValues(store, displayValues);
        input.forEach((name, value) -> {
            Column column = store.schema(draft.table())
                    .flatMap(schema -> schema.column(name))
                    .filter(each -> !each.readOnly())
                    .orElse(null);
            if (column == null || value.isEmpty() && column.type() == ColumnType.CHOICE) {
                return;
            }
            if (column.isJournal()) {
                if (!value.isEmpty()) {
                    draft.append(name, value);
                }
                return;
            }
            draft.set(name, values.raw(column, value));
        });
    }

    private void applyRules(Draft draft, Account account, Instant now) {
        if (draft.has("task_effective_number")) {
            taskRules.apply(draft, account, now);
        }
        if (draft.table().equals("sys_user")) {
            UserRules.apply(draft);
        }
    }

    private static void stampUpdate(Draft draft, Account account, Instant now) {
        draft.set("sys_updated_on", GlideDateTime.format(now));
        draft.set("sys_updated_by", account.userName());
    }

    private void appendJournal(Draft draft, Row row, Account account, Instant now) {
        draft.journal().forEach((column, text) -> appendJournal(row, column, text, account.userName(), now));
    }

    /** Adds one entry that cannot be changed; nothing of the record itself changes. */
    void appendJournal(Row row, String column, String text, String author, Instant at) {
        store.insert(Row.of(
                store.schema("sys_journal_field").orElseThrow(),
                Map.of(
                        "sys_id", newSysId(),
                        "name", row.schema().name(),
                        "element", column,
                        "element_id", row.sysId(),
                        "value", text,
                        "sys_created_on", GlideDateTime.format(at),
                        "sys_created_by", author)));
    }

    /** A client may choose the sys_id: 32 letters or digits, not only hexadecimal ones (PySNC's own tests do it). */
    private static String sysId(String chosen) {
        return chosen.matches("[A-Za-z0-9]{32}") ? chosen : newSysId();
    }

    private static String newSysId() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
