package io.incidentbridge.sandbox.servicenow;

import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Which rows a request asks for: by {@code sysparm_query}, or else by plain {@code name=value} parameters. */
final class Filters {

    private final Store store;
    private final DisplayValues displayValues;
    private final QueryCounters counters;

    Filters(Store store, QueryCounters counters) {
        this.store = store;
        this.displayValues = new DisplayValues(store);
        this.counters = counters;
    }

    EncodedQuery of(ApiRequest request, TableSchema schema) {
        String query = request.parameters().get("sysparm_query");
        return query == null
                ? EncodedQuery.of(plain(request.parameters(), schema))
                : EncodedQuery.parse(query, store, schema, request.account(), counters);
    }

    /** Parameters that name no column are ignored. */
    private Predicate<Row> plain(Map<String, String> parameters, TableSchema schema) {
        Predicate<Row> all = row -> true;
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            Optional<FieldPath> path = FieldPath.of(store, schema, parameter.getKey());
            if (path.isPresent()) {
                all = all.and(row -> matches(path.get(), row, parameter.getValue()));
            }
        }
        return all;
    }

    /** Choices and references may be given as displayed: {@code state=closed}, {@code assigned_to=Abel Tuter}. */
    private boolean matches(FieldPath path, Row row, String value) {
        String raw = path.raw(row);
        if (raw.equals(value)) {
            return true;
        }
        ColumnType type = path.column().type();
        boolean displayed = type == ColumnType.CHOICE || type == ColumnType.REFERENCE;
        return displayed
                && !raw.isEmpty()
                && (displayValues.of(path, row).equalsIgnoreCase(value) || isUserName(path, raw, value));
    }

    /** The documentation's own example gives a user by user name: {@code assigned_to=john.smith}. */
    private boolean isUserName(FieldPath path, String sysId, String value) {
        return "sys_user".equals(path.column().reference())
                && store.get("sys_user", sysId)
                        .filter(user -> user.get("user_name").equals(value))
                        .isPresent();
    }
}
