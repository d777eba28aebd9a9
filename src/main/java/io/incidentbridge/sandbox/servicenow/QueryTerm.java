package io.incidentbridge.sandbox.servicenow;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One condition of an encoded query, for example {@code caller_id.vip=true}. */
final class QueryTerm {

    private static final Pattern FIELD = Pattern.compile("[a-z0-9_.]+");

    private QueryTerm() {}

    /** @return a test of a row; empty if the instance would ignore the term */
    static Optional<Predicate<Row>> parse(
            String text, Store store, TableSchema schema, Account account, QueryCounters counters) {
        Optional<Predicate<Row>> term = parseCounted(text, store, schema, account, counters);
        if (term.isEmpty()) {
            counters.termIgnored();
        }
        return term;
    }

    private static Optional<Predicate<Row>> parseCounted(
            String text, Store store, TableSchema schema, Account account, QueryCounters counters) {
        Matcher field = FIELD.matcher(text);
        if (!field.lookingAt()) {
            return Optional.empty();
        }
        String rest = text.substring(field.end());
        Optional<FieldPath> path = FieldPath.of(store, schema, field.group());
        Optional<Operator.Match> match = Operator.at(rest);
        if (path.isEmpty() || match.isEmpty()) {
            return Optional.empty();
        }
        return evaluated(rest.substring(match.get().length()), account, counters)
                .flatMap(value -> test(path.get(), match.get().operator(), value));
    }

    private static Optional<Predicate<Row>> test(FieldPath path, Operator operator, String value) {
        ColumnType type = path.column().type();
        boolean numeric = type == ColumnType.INTEGER || type == ColumnType.CHOICE;
        String raw = type == ColumnType.BOOLEAN ? booleanValue(value) : value;
        return operator.test(raw, numeric).map(test -> row -> test.test(path.raw(row)));
    }

    private static String booleanValue(String value) {
        return switch (value) {
            case "1" -> "true";
            case "0" -> "false";
            default -> value;
        };
    }

    /**
     * A value beginning with {@code javascript:} is run on the server, as documented with {@code gs.getUserID()};
     * here any other script has no result, so its term is ignored.
     */
    private static Optional<String> evaluated(String value, Account account, QueryCounters counters) {
        String trimmed = value.strip();
        if (!trimmed.toLowerCase(Locale.ROOT).startsWith("javascript:")) {
            return Optional.of(value);
        }
        counters.javascriptEvaluated();
        String script = trimmed.substring("javascript:".length()).strip();
        return script.replace(";", "").equals("gs.getUserID()") ? Optional.of(account.sysId()) : Optional.empty();
    }
}
