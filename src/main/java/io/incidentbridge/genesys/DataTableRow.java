package io.incidentbridge.genesys;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentbridge.itsm.ConnectorException;
import io.incidentbridge.itsm.FailureReason;
import io.smallrye.mutiny.Uni;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A row of an Architect data table.
 *
 * @param columns by name, without the key: texts, numbers and booleans; a column that is not named loses its value
 */
public record DataTableRow(String key, Map<String, Object> columns) {

    private static final String KEY = "KEY";

    public DataTableRow {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    /** Genesys is said to spell the key {@code KEY} in requests; how it spells it in answers is not documented. */
    static DataTableRow of(String key, JsonNode wire) {
        Map<String, Object> columns = new LinkedHashMap<>();
        wire.fields().forEachRemaining(column -> {
            if (!column.getKey().equalsIgnoreCase(KEY)) {
                columns.put(column.getKey(), scalar(column.getValue()));
            }
        });
        columns.values().removeIf(value -> value == null);
        return new DataTableRow(key, columns);
    }

    private static Object scalar(JsonNode value) {
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        return value.isNumber() ? value.numberValue() : value.isNull() ? null : value.asText();
    }

    Map<String, Object> wire() {
        Map<String, Object> wire = new LinkedHashMap<>(columns);
        wire.put(KEY, key);
        return wire;
    }

    /** Replaces; if there is nothing to replace, inserts; if somebody else was quicker, replaces theirs. */
    Uni<Void> put(Supplier<Uni<JsonNode>> replace, Supplier<Uni<JsonNode>> insert) {
        return replace.get()
                .onFailure(failure -> is(failure, FailureReason.NOT_FOUND))
                .recoverWithUni(() -> insert.get()
                        .onFailure(failure -> is(failure, FailureReason.CONFLICT))
                        .recoverWithUni(() -> replace.get()))
                .replaceWithVoid();
    }

    private static boolean is(Throwable failure, FailureReason reason) {
        return failure instanceof ConnectorException known && known.reason() == reason;
    }
}
