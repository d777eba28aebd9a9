package io.incidentbridge.sandbox.servicenow;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The comparisons of an encoded query. Names and values are case-sensitive (c_TableAPI.md of the product
 * documentation, and the encoded query guide of the ServiceNow SDK).
 */
enum Operator {
    // The order matters: of two that begin alike, the longer one comes first.
    NOT_EQUAL("!="),
    AT_MOST("<="),
    AT_LEAST(">="),
    LESS("<"),
    GREATER(">"),
    EQUAL("="),
    NOT_LIKE("NOTLIKE", "NOT LIKE"),
    NOT_IN("NOT IN"),
    LIKE("LIKE"),
    STARTS_WITH("STARTSWITH"),
    ENDS_WITH("ENDSWITH"),
    BETWEEN("BETWEEN"),
    IS_NOT_EMPTY("ISNOTEMPTY"),
    IS_EMPTY("ISEMPTY"),
    IN("IN");

    private final List<String> symbols;

    Operator(String... symbols) {
        this.symbols = List.of(symbols);
    }

    /** @return the operator and how many characters of the text it takes; empty if the text begins with none */
    static Optional<Match> at(String text) {
        for (Operator operator : values()) {
            for (String symbol : operator.symbols) {
                if (text.startsWith(symbol)) {
                    return Optional.of(new Match(operator, symbol.length()));
                }
            }
        }
        return Optional.empty();
    }

    /** @return a test of a column's raw value; empty if the value makes no sense for the operator */
    Optional<Predicate<String>> test(String value, boolean numeric) {
        return switch (this) {
            case EQUAL -> Optional.of(value::equals);
            case NOT_EQUAL -> Optional.of(actual -> !actual.equals(value));
            case LIKE -> Optional.of(actual -> actual.contains(value));
            case NOT_LIKE -> Optional.of(actual -> !actual.contains(value));
            case STARTS_WITH -> Optional.of(actual -> actual.startsWith(value));
            case ENDS_WITH -> Optional.of(actual -> actual.endsWith(value));
            case LESS -> Optional.of(actual -> !actual.isEmpty() && compare(actual, value, numeric) < 0);
            case AT_MOST -> Optional.of(actual -> !actual.isEmpty() && compare(actual, value, numeric) <= 0);
            case GREATER -> Optional.of(actual -> !actual.isEmpty() && compare(actual, value, numeric) > 0);
            case AT_LEAST -> Optional.of(actual -> !actual.isEmpty() && compare(actual, value, numeric) >= 0);
            case BETWEEN -> between(value, numeric);
            case IN -> Optional.of(Set.of(unique(value))::contains);
            case NOT_IN -> Optional.of(Predicate.not(Set.of(unique(value))::contains));
            case IS_EMPTY -> Optional.of(String::isEmpty);
            case IS_NOT_EMPTY -> Optional.of(actual -> !actual.isEmpty());
        };
    }

    private static Optional<Predicate<String>> between(String value, boolean numeric) {
        String[] bounds = value.split("@", -1);
        if (bounds.length != 2) {
            return Optional.empty();
        }
        return Optional.of(actual -> !actual.isEmpty()
                && compare(actual, bounds[0], numeric) >= 0
                && compare(actual, bounds[1], numeric) <= 0);
    }

    private static String[] unique(String list) {
        return Arrays.stream(list.split(",")).distinct().toArray(String[]::new);
    }

    /** Of a numeric column by value, with what is no number first; else by character; raw date-times sort as text. */
    static int compare(String left, String right, boolean numeric) {
        if (numeric) {
            Double leftNumber = number(left);
            Double rightNumber = number(right);
            if (leftNumber != null && rightNumber != null) {
                return leftNumber.compareTo(rightNumber);
            }
            if (leftNumber != null || rightNumber != null) {
                return leftNumber == null ? -1 : 1;
            }
        }
        return left.compareTo(right);
    }

    private static Double number(String text) {
        try {
            return Double.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** An operator found at the beginning of a text. */
    record Match(Operator operator, int length) {}
}
