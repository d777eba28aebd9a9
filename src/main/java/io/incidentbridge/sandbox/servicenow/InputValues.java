package io.incidentbridge.sandbox.servicenow;

import java.time.Instant;
import java.util.Optional;

/** Turns what a client sends into what is stored; what a column cannot hold is stored as empty. */
final class InputValues {

    private final Store store;
    private final boolean displayValues;

    /** @param displayValues {@code sysparm_input_display_value}: labels, names and local times instead of raw values */
    InputValues(Store store, boolean displayValues) {
        this.store = store;
        this.displayValues = displayValues;
    }

    String raw(Column column, String value) {
        if (value.isEmpty()) {
            return value;
        }
        return switch (column.type()) {
            case BOOLEAN -> String.valueOf(value.equalsIgnoreCase("true") || value.equals("1"));
            case INTEGER -> integer(value);
            case DATE_TIME -> dateTime(value);
            case CHOICE -> displayValues ? Choices.value(column.name(), value).orElse(value) : value;
            case REFERENCE -> displayValues ? reference(column, value) : value;
            default -> value;
        };
    }

    private static String integer(String value) {
        try {
            return String.valueOf(Long.parseLong(value.strip()));
        } catch (NumberFormatException e) {
            return "";
        }
    }

    private String dateTime(String value) {
        Optional<Instant> instant =
                displayValues ? GlideDateTime.parse(value, Account.ZONE) : GlideDateTime.parse(value);
        return instant.map(GlideDateTime::format).orElse("");
    }

    private String reference(Column column, String value) {
        if (store.get(column.reference(), value).isPresent()) {
            return value;
        }
        TableSchema schema = store.schema(column.reference()).orElseThrow();
        return store.scan(schema, row -> row.get(schema.displayColumn()).equals(value)).stream()
                .findFirst()
                .map(Row::sysId)
                .orElse("");
    }
}
