package io.incidentbridge.servicenow;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * A ServiceNow encoded query of which no value can become a condition. ServiceNow has no reliable escape, ignores what it
 * does not understand (so that a broken filter returns every row) and evaluates {@code javascript:} values on the server;
 * hence values are allow-listed and anything else is refused, never stripped, as stripping would search for something
 * else.
 */
final class EncodedQuery {

    private static final Pattern FIELD = Pattern.compile("[a-z][a-z0-9_]{0,79}(\\.[a-z][a-z0-9_]{0,79}){0,3}");
    private static final Pattern VALUE = Pattern.compile("[\\p{L}\\p{N} \\u00a0_.:;+()/#-]{1,100}");

    /** Stand for themselves in an address (RFC 3986, section 2.3). */
    private static final String UNRESERVED = "-._~";

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final StringBuilder text = new StringBuilder();

    private EncodedQuery() {}

    static EncodedQuery all() {
        return new EncodedQuery();
    }

    EncodedQuery is(String field, String value) {
        return and(term(field, "=", value));
    }

    EncodedQuery in(String field, Collection<String> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("an IN list needs a value");
        }
        StringJoiner list = new StringJoiner(",");
        values.forEach(value -> list.add(checked(value)));
        return and(checkedField(field) + "IN" + list);
    }

    EncodedQuery between(String field, String from, String to) {
        return and(checkedField(field) + "BETWEEN" + checked(from) + "@" + checked(to));
    }

    EncodedQuery atLeast(String field, String value) {
        return and(term(field, ">=", value));
    }

    EncodedQuery below(String field, String value) {
        return and(term(field, "<", value));
    }

    EncodedQuery isEmpty(String field) {
        return and(checkedField(field) + "ISEMPTY");
    }

    /** One of the terms; {@code ^OR} binds to its neighbour only, so the terms stay together whatever follows. */
    EncodedQuery anyOf(List<String> terms) {
        return and(String.join("^OR", terms));
    }

    EncodedQuery newestFirst(String field) {
        return and("ORDERBYDESC" + checkedField(field));
    }

    EncodedQuery oldestFirst(String field) {
        return and("ORDERBY" + checkedField(field));
    }

    static String contains(String field, String value) {
        return containing(field) + checked(value);
    }

    /** A term to be completed by a value that its caller knows to be harmless. */
    static String containing(String field) {
        return checkedField(field) + "LIKE";
    }

    /** A term to be completed by a value that its caller knows to be harmless. */
    static String endingWith(String field) {
        return checkedField(field) + "ENDSWITH";
    }

    static String equal(String field, String value) {
        return term(field, "=", value);
    }

    /** Whether the value can be searched for at all. */
    static boolean accepts(String value) {
        return VALUE.matcher(value).matches()
                && !value.strip().toLowerCase(Locale.ROOT).startsWith("javascript:");
    }

    /**
     * As a value in an address, made in one pass: the query that finds a telephone number has some 1,500 characters
     * (docs/adr/0012).
     */
    String encoded() {
        StringBuilder address = new StringBuilder(2 * text.length());
        for (byte each : text.toString().getBytes(StandardCharsets.UTF_8)) {
            if (each == ' ') {
                address.append('+');
            } else if (each > 0 && Character.isLetterOrDigit(each) || UNRESERVED.indexOf(each) >= 0) {
                address.append((char) each);
            } else {
                HEX.toHexDigits(address.append('%'), each);
            }
        }
        return address.toString();
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private EncodedQuery and(String term) {
        if (!text.isEmpty()) {
            text.append('^');
        }
        text.append(term);
        return this;
    }

    private static String term(String field, String operator, String value) {
        return checkedField(field) + operator + checked(value);
    }

    private static String checkedField(String field) {
        if (!FIELD.matcher(field).matches()) {
            throw new IllegalArgumentException("not a field name: " + field);
        }
        return field;
    }

    private static String checked(String value) {
        if (!accepts(value)) {
            throw new IllegalArgumentException("a value that must not reach a query");
        }
        return value;
    }
}
