package io.incidentbridge.servicenow;

import io.incidentbridge.itsm.ConnectorException;
import io.incidentbridge.itsm.FailureReason;
import io.incidentbridge.ratelimit.BudgetRequest;
import io.incidentbridge.servicenow.ServiceNowTables.Row;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What there is already: incidents looked for by their keys, and compared with what was looked for. */
final class StoredIncidents {

    static final String TABLE = "incident";
    static final List<String> FIELDS = List.of("sys_id", "number", "state", "active", "correlation_id");

    /** Longest wait for room in the budget: well within the timeout of a read, lest the client breaker counts it. */
    private static final Duration ROOM = Duration.ofMillis(1200);

    /** One is expected; more only when a query was not understood, or somebody copied an incident. */
    private static final int MOST = 10;

    /** Of all values of one query; the rest of its address needs some 500, and each comma three. */
    private static final int MOST_CHARACTERS = 1000;

    private final ServiceNowTables tables;

    StoredIncidents(ServiceNowTables tables) {
        this.tables = tables;
    }

    /** Fails with NOT_FOUND when there is none. */
    Uni<Row> read(String sysId, BudgetRequest budget) {
        return find(Map.of("sys_id", sysId), budget)
                .map(found -> found.orElseThrow(() -> ConnectorException.of(
                        ServiceNowConnector.VENDOR, FailureReason.NOT_FOUND, "no such incident", null)));
    }

    /** The incident that has one of the values, the first created of several; values no query may have find nothing. */
    Uni<Optional<Row>> find(Map<String, String> anyOf, BudgetRequest budget) {
        if (!anyOf.values().stream().allMatch(EncodedQuery::accepts)) {
            return Uni.createFrom().item(Optional.empty());
        }
        List<String> terms = anyOf.entrySet().stream()
                .map(key -> EncodedQuery.equal(key.getKey(), key.getValue()))
                .toList();
        EncodedQuery query = EncodedQuery.all().anyOf(terms).oldestFirst("sys_created_on");
        return tables.list(budget.atMost(ROOM), TABLE, query, FIELDS, MOST)
                .map(rows -> rows.stream().filter(row -> hasOne(row, anyOf)).findFirst());
    }

    /** Every incident that has one of the values. */
    Uni<List<Row>> findAll(String field, List<String> values, BudgetRequest budget) {
        return Multi.createFrom()
                .iterable(shares(values))
                .onItem()
                .transformToUniAndConcatenate(share -> findShare(field, share, budget))
                .collect()
                .in(ArrayList::new, List::addAll);
    }

    private Uni<List<Row>> findShare(String field, List<String> values, BudgetRequest budget) {
        EncodedQuery query = EncodedQuery.all().in(field, values);
        return tables.list(budget.atMost(ROOM), TABLE, query, FIELDS, MOST * values.size())
                .map(rows -> rows.stream()
                        .filter(row -> values.contains(row.text(field)))
                        .toList());
    }

    /** Addresses of more than 2,048 characters may be refused on their way (reference: MAX_URL_LENGTH). */
    private static List<List<String>> shares(List<String> values) {
        List<List<String>> shares = new ArrayList<>();
        int length = MOST_CHARACTERS;
        for (String value : values) {
            if (length + value.length() > MOST_CHARACTERS) {
                shares.add(new ArrayList<>());
                length = 0;
            }
            shares.get(shares.size() - 1).add(value);
            length += value.length();
        }
        return shares;
    }

    /** ServiceNow drops terms it does not understand, and answers with any row then; it also compares without case. */
    private static boolean hasOne(Row row, Map<String, String> anyOf) {
        return anyOf.entrySet().stream().anyMatch(key -> row.text(key.getKey()).equals(key.getValue()));
    }
}
