package io.incidentbridge.sandbox.servicenow;

import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** What a request wants computed over a set of rows. Without count or a list of fields nothing is computed. */
final class Aggregates {

    private static final List<String> FUNCTIONS = List.of("avg", "min", "max", "sum");

    private final ApiRequest request;
    private final Function<String, Optional<FieldPath>> paths;

    Aggregates(ApiRequest request, Function<String, Optional<FieldPath>> paths) {
        this.request = request;
        this.paths = paths;
    }

    JsonObject stats(List<Row> rows) {
        JsonObject stats = new JsonObject();
        if (request.flag("sysparm_count")) {
            stats.put("count", String.valueOf(rows.size()));
        }
        for (String function : FUNCTIONS) {
            JsonObject values = new JsonObject();
            for (String field : request.parameters()
                    .getOrDefault("sysparm_" + function + "_fields", "")
                    .split(",")) {
                paths.apply(field.strip()).ifPresent(path -> values.put(path.name(), compute(function, path, rows)));
            }
            if (!values.isEmpty()) {
                stats.put(function, values);
            }
        }
        return stats;
    }

    /** {@code sysparm_having}: {@code count^priority^>^3}, several joined by comma, all of which must hold. */
    boolean having(List<Row> rows) {
        String having = request.parameters().getOrDefault("sysparm_having", "");
        return Arrays.stream(having.split(",")).allMatch(condition -> holds(condition.split("\\^"), rows));
    }

    private boolean holds(String[] condition, List<Row> rows) {
        if (condition.length != 4) {
            return true;
        }
        String actual = value(condition[0], condition[1], rows);
        return Operator.at(condition[2])
                .flatMap(match -> match.operator().test(condition[3], true))
                .map(test -> test.test(actual))
                .orElse(true);
    }

    /** @param function {@code count} or another aggregate, in any letter case */
    String value(String function, String field, List<Row> rows) {
        String name = function.toLowerCase(Locale.ROOT);
        if (name.equals("count")) {
            return String.valueOf(rows.size());
        }
        return paths.apply(field).map(path -> compute(name, path, rows)).orElse("");
    }

    static boolean isFunction(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.equals("count") || FUNCTIONS.contains(lower);
    }

    private static String compute(String function, FieldPath path, List<Row> rows) {
        List<String> values =
                rows.stream().map(path::raw).filter(value -> !value.isEmpty()).toList();
        Comparator<String> order = (left, right) -> Operator.compare(left, right, true);
        return switch (function) {
            case "min" -> values.stream().min(order).orElse("");
            case "max" -> values.stream().max(order).orElse("");
            case "sum" -> plain(sum(values));
            default -> values.isEmpty() ? "" : String.format(Locale.ROOT, "%.4f", sum(values) / values.size());
        };
    }

    private static double sum(List<String> values) {
        return values.stream().mapToDouble(Aggregates::number).sum();
    }

    private static double number(String value) {
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
    }
}
