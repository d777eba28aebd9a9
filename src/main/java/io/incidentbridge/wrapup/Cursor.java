package io.incidentbridge.wrapup;

import io.incidentbridge.json.OffsetTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * Where a page of accepted wrap-ups begins. Many may be accepted in one millisecond, so a time alone does not say where the
 * page before has ended. Written as the time, or as {@code <time>~<hash>}.
 *
 * @param behind hash of the record of that time behind which it begins; empty for the first one of that time
 */
record Cursor(Instant at, String behind) {

    private static final char MARK = '~';
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{32}");

    /** @throws DateTimeException naming the broken rule, never the text */
    static Cursor parse(String text) {
        int mark = text.indexOf(MARK);
        if (mark < 0) {
            return new Cursor(OffsetTime.parse(text), "");
        }
        String behind = text.substring(mark + 1);
        if (!HASH.matcher(behind).matches()) {
            throw new DateTimeException("must be a time, or what an answer says in next");
        }
        return new Cursor(OffsetTime.parse(text.substring(0, mark)), behind);
    }

    @Override
    public String toString() {
        return behind.isEmpty() ? at.toString() : at.toString() + MARK + behind;
    }
}
