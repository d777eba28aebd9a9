package io.incidentbridge.sandbox.servicenow;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * An encoded query. {@code ^} joins by AND, {@code ^OR} binds to its neighbour only, {@code ^NQ} begins a second
 * whole query joined by OR, {@code ^EQ} ends one. It fails open as the real instance does by default: an invalid
 * term is ignored and the rest decides, so a wholly invalid query matches every row.
 */
final class EncodedQuery {

    private final Predicate<Row> filter;
    private final Comparator<Row> order;

    private EncodedQuery(Predicate<Row> filter, Comparator<Row> order) {
        this.filter = filter;
        this.order = order;
    }

    static EncodedQuery of(Predicate<Row> filter) {
        return new EncodedQuery(filter, null);
    }

    static EncodedQuery parse(String text, Store store, TableSchema schema, Account account, QueryCounters counters) {
        return new Parser(store, schema, account, counters).parse(text);
    }

    /** @return the matching rows in the query's order */
    List<Row> run(Store store, TableSchema schema) {
        List<Row> rows = store.scan(schema, filter);
        if (order != null) {
            rows.sort(order);
        }
        return rows;
    }

    private static final class Parser {

        private final Store store;
        private final TableSchema schema;
        private final Account account;
        private final QueryCounters counters;
        private final DisplayValues displayValues;

        private Predicate<Row> alternatives;
        private Predicate<Row> conjunction;
        private Predicate<Row> neighbours;
        private boolean conjunctionHasText;
        private Comparator<Row> order;

        Parser(Store store, TableSchema schema, Account account, QueryCounters counters) {
            this.store = store;
            this.schema = schema;
            this.account = account;
            this.counters = counters;
            this.displayValues = new DisplayValues(store);
        }

        EncodedQuery parse(String text) {
            for (String segment : text.split("\\^", -1)) {
                accept(segment);
            }
            endQuery();
            return new EncodedQuery(alternatives == null ? row -> true : alternatives, order);
        }

        private void accept(String segment) {
            if (segment.isEmpty() || segment.equals("EQ")) {
                return;
            }
            if (segment.startsWith("ORDERBYDESC")) {
                orderBy(segment.substring("ORDERBYDESC".length()), true);
            } else if (segment.startsWith("ORDERBY")) {
                orderBy(segment.substring("ORDERBY".length()), false);
            } else if (segment.startsWith("NQ")) {
                endQuery();
                accept(segment.substring("NQ".length()));
            } else if (segment.startsWith("OR")) {
                or(segment.substring("OR".length()));
            } else {
                and(segment);
            }
        }

        private void and(String text) {
            endNeighbours();
            conjunctionHasText = true;
            neighbours = term(text).orElse(null);
        }

        private void or(String text) {
            conjunctionHasText = true;
            Predicate<Row> left = neighbours;
            term(text).ifPresent(term -> neighbours = left == null ? term : left.or(term));
        }

        private Optional<Predicate<Row>> term(String text) {
            return QueryTerm.parse(text, store, schema, account, counters);
        }

        private void endNeighbours() {
            if (neighbours != null) {
                conjunction = conjunction == null ? neighbours : conjunction.and(neighbours);
                neighbours = null;
            }
        }

        private void endQuery() {
            endNeighbours();
            if (conjunctionHasText) {
                Predicate<Row> query = conjunction == null ? row -> true : conjunction;
                alternatives = alternatives == null ? query : alternatives.or(query);
            }
            conjunction = null;
            conjunctionHasText = false;
        }

        private void orderBy(String field, boolean descending) {
            FieldPath path = FieldPath.of(store, schema, field).orElse(null);
            if (path == null) {
                counters.termIgnored();
                return;
            }
            boolean numeric = path.column().type() == ColumnType.INTEGER;
            Comparator<Row> next =
                    (left, right) -> Operator.compare(sortKey(path, left), sortKey(path, right), numeric);
            Comparator<Row> directed = descending ? next.reversed() : next;
            order = order == null ? directed : order.thenComparing(directed);
        }

        /** References sort by what a reader sees, everything else by its raw value. */
        private String sortKey(FieldPath path, Row row) {
            return path.column().type() == ColumnType.REFERENCE ? displayValues.of(path, row) : path.raw(row);
        }
    }
}
