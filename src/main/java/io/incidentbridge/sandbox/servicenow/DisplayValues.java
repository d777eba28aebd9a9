package io.incidentbridge.sandbox.servicenow;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What a user sees instead of the raw value: labels, names, local times, and the text of journals. */
final class DisplayValues {

    private final Store store;

    DisplayValues(Store store) {
        this.store = store;
    }

    String of(FieldPath path, Row row) {
        if (path.column().isJournal()) {
            return path.owner(row)
                    .map(owner -> journal(path.column(), owner.sysId()))
                    .orElse("");
        }
        return of(path.column(), path.raw(row));
    }

    String of(Column column, String raw) {
        if (raw.isEmpty()) {
            return "";
        }
        return switch (column.type()) {
            case CHOICE -> Choices.label(column.name(), raw);
            case REFERENCE -> reference(column.reference(), raw);
            case DATE_TIME ->
                GlideDateTime.parse(raw)
                        .map(instant -> GlideDateTime.in(Account.ZONE, instant))
                        .orElse(raw);
            default -> raw;
        };
    }

    private String reference(String table, String sysId) {
        // "global" is the domain every record is in; it has no record of its own.
        return store.get(table, sysId)
                .map(row -> row.get(row.schema().displayColumn()))
                .orElse(sysId.equals("global") ? sysId : "");
    }

    /** Newest first, each entry under its local time and author: one text that no client can take apart safely. */
    private String journal(Column column, String sysId) {
        List<Row> entries = new ArrayList<>(store.journalOf(sysId));
        Collections.reverse(entries);
        StringBuilder text = new StringBuilder();
        for (Row entry : entries) {
            if (column.type() == ColumnType.JOURNAL_LIST || entry.get("element").equals(column.name())) {
                text.append(heading(entry))
                        .append('\n')
                        .append(entry.get("value"))
                        .append("\n\n");
            }
        }
        return text.toString();
    }

    private String heading(Row entry) {
        String author = store.findUnique("sys_user", entry.get("sys_created_by"))
                .map(user -> user.get("name"))
                .orElse(entry.get("sys_created_by"));
        String kind = entry.get("element").equals("comments") ? "Additional comments" : "Work notes";
        String time = of(entry.schema().column("sys_created_on").orElseThrow(), entry.get("sys_created_on"));
        return time + " - " + author + " (" + kind + ")";
    }
}
