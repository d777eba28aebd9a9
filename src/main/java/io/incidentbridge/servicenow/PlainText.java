package io.incidentbridge.servicenow;

import java.util.regex.Pattern;

/**
 * Keeps other people's text plain: nothing in it is interpreted by the bridge, ServiceNow or whoever reads the record. HTML,
 * carets, braces and emoji mean nothing in a column's value and stay as they are.
 */
final class PlainText {

    private static final Pattern LINE_BREAKS = Pattern.compile("\\r\\n?|[\\u0085\\u2028\\u2029\\u000b\\f]");
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]");
    private static final Pattern BLANKS = Pattern.compile("[\\s\\u00a0]+");

    /** Marks by which text changes its direction, and with it the order in which a reader sees what stands around it. */
    private static final Pattern DIRECTION = Pattern.compile("[\\u202a-\\u202e\\u2066-\\u2069]");

    /** ServiceNow shows what stands between these in a journal entry as HTML. */
    private static final Pattern CODE_TAG = Pattern.compile("\\[(/?code)]", Pattern.CASE_INSENSITIVE);

    private static final String CUT = " [...]";

    private PlainText() {}

    /** Lines stay lines. */
    static String lines(String text) {
        String unified = LINE_BREAKS.matcher(text).replaceAll("\n");
        String visible =
                DIRECTION.matcher(CONTROLS.matcher(unified).replaceAll("")).replaceAll("");
        return CODE_TAG.matcher(visible).replaceAll("($1)").strip();
    }

    /** All in one line, so that a name cannot pass for a line of the description. */
    static String line(String text) {
        return BLANKS.matcher(lines(text)).replaceAll(" ").strip();
    }

    /** At most so many UTF-16 units, never half a character, and to be seen where it was cut. */
    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        String end = most > 2 * CUT.length() ? CUT : "";
        int length = most - end.length();
        if (Character.isHighSurrogate(text.charAt(length - 1))) {
            length--;
        }
        return text.substring(0, length) + end;
    }
}
