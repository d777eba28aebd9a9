package io.incidentbridge.sandbox.servicenow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code sysparm_order_by}: {@code AVG^state}, {@code COUNT}, {@code state^DESC}; by the groups' values if absent. */
final class GroupOrder implements Comparator<AggregateApi.Group> {

    private final Comparator<AggregateApi.Group> order;

    GroupOrder(String orderBy, List<FieldPath> groupBy, Aggregates aggregates) {
        Comparator<AggregateApi.Group> combined = null;
        if (orderBy != null) {
            for (String term : orderBy.split(",")) {
                Comparator<AggregateApi.Group> next = comparator(term, groupBy, aggregates);
                combined = combined == null ? next : combined.thenComparing(next);
            }
        }
        Comparator<AggregateApi.Group> byKey = (left, right) -> compareKeys(left.key(), right.key(), groupBy);
        this.order = combined == null ? byKey : combined.thenComparing(byKey);
    }

    @Override
    public int compare(AggregateApi.Group left, AggregateApi.Group right) {
        return order.compare(left, right);
    }

    private static Comparator<AggregateApi.Group> comparator(
            String term, List<FieldPath> groupBy, Aggregates aggregates) {
        List<String> parts = new ArrayList<>(Arrays.asList(term.split("\\^")));
        boolean descending = parts.remove("DESC");
        parts.remove("ASC");
        String first = parts.isEmpty() ? "" : parts.get(0);
        Comparator<AggregateApi.Group> comparator;
        if (Aggregates.isFunction(first)) {
            comparator = byAggregate(first, parts.size() > 1 ? parts.get(1) : "", aggregates);
        } else {
            comparator = byField(first, groupBy);
        }
        return descending ? comparator.reversed() : comparator;
    }

    private static Comparator<AggregateApi.Group> byAggregate(String function, String field, Aggregates aggregates) {
        // Computed once per group, not once per comparison.
        Map<List<String>, String> computed = new HashMap<>();
        return (left, right) -> Operator.compare(
                computed.computeIfAbsent(left.key(), key -> aggregates.value(function, field, left.rows())),
                computed.computeIfAbsent(right.key(), key -> aggregates.value(function, field, right.rows())),
                true);
    }

    private static Comparator<AggregateApi.Group> byField(String field, List<FieldPath> groupBy) {
        for (int i = 0; i < groupBy.size(); i++) {
            if (groupBy.get(i).name().equals(field)) {
                int position = i;
                return (left, right) -> Operator.compare(
                        left.key().get(position), right.key().get(position), isNumeric(groupBy.get(position)));
            }
        }
        return (left, right) -> 0;
    }

    private static int compareKeys(List<String> left, List<String> right, List<FieldPath> groupBy) {
        for (int i = 0; i < left.size(); i++) {
            int order = Operator.compare(left.get(i), right.get(i), isNumeric(groupBy.get(i)));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static boolean isNumeric(FieldPath path) {
        ColumnType type = path.column().type();
        return type == ColumnType.INTEGER || type == ColumnType.CHOICE;
    }
}
