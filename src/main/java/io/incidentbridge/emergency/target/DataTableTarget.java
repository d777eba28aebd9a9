package io.incidentbridge.emergency.target;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.incidentbridge.genesys.DataTableRow;
import io.incidentbridge.genesys.EmergencyConnector;
import io.incidentbridge.itsm.ConnectorException;
import io.incidentbridge.itsm.FailureReason;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A row of a data table that flows read without a Data Action. Columns: {@code active} (boolean), {@code queueIds} (text,
 * ids with commas between them), {@code priority} (integer), {@code reason} and {@code changedAt} (text); others stay.
 */
final class DataTableTarget implements RoutingTarget {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final EmergencyConnector genesys;
    private final String table;
    private final String row;
    private final Clock clock;

    DataTableTarget(EmergencyConnector genesys, String table, String row, Clock clock) {
        this.genesys = genesys;
        this.table = table;
        this.row = row;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "data-table/" + table;
    }

    @Override
    public Uni<Observed> read() {
        return genesys.dataTableRow(table, row)
                .map(DataTableTarget::observed)
                .onFailure(DataTableTarget::isAbsent)
                .recoverWithItem(() -> Observed.unsettled(Observed.State.ABSENT, ""));
    }

    private static boolean isAbsent(Throwable failure) {
        return failure instanceof ConnectorException known && known.reason() == FailureReason.NOT_FOUND;
    }

    private static Observed observed(DataTableRow found) {
        Map<String, Object> columns = found.columns();
        Routing routing = new Routing(
                Boolean.TRUE.equals(columns.get("active")),
                ids(columns.getOrDefault("queueIds", "").toString()),
                columns.get("priority") instanceof Number number ? number.intValue() : 0);
        return Observed.of(routing, columns.getOrDefault("changedAt", "").toString(), JSON.valueToTree(columns));
    }

    private static List<String> ids(String text) {
        return text.isBlank() ? List.of() : Arrays.asList(text.split(","));
    }

    @Override
    public Routing able(Routing wanted) {
        return wanted;
    }

    @Override
    public Change change(Routing wanted, String reason, Observed preflight) {
        ObjectNode body =
                preflight.wire().isObject() ? preflight.wire().deepCopy() : JsonNodeFactory.instance.objectNode();
        body.put("active", wanted.active())
                .put("queueIds", String.join(",", wanted.queueIds()))
                .put("priority", wanted.priority())
                .put("reason", reason)
                .put("changedAt", clock.instant().toString());
        return new Change("PUT", "/api/v2/flows/datatables/" + table + "/rows/" + row, body);
    }

    @Override
    public Uni<Void> apply(Change change) {
        Map<String, Object> columns = new LinkedHashMap<>();
        change.body().fields().forEachRemaining(column -> columns.put(column.getKey(), scalar(column.getValue())));
        return genesys.putDataTableRow(table, new DataTableRow(row, columns));
    }

    private static Object scalar(JsonNode value) {
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        return value.isNumber() ? value.numberValue() : value.asText();
    }
}
