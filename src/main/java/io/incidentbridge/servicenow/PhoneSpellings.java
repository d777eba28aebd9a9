package io.incidentbridge.servicenow;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The search terms that find a number however it is usually written. ServiceNow cannot normalise, but a usual spelling has
 * the number's last four digits unbroken, whatever follows them, or with one separator among them at the end or before a
 * blank. What is found is compared row by row afterwards, so a term may find too much (docs/adr/0002 says what is missed).
 */
final class PhoneSpellings {

    /** By how many of the last four digits stand before the separator. Pairs ("67 89") are written in more ways. */
    private static final List<List<String>> SEPARATORS =
            List.of(List.of(" ", "-", "."), List.of(" ", "-", ".", "/", "\u00a0"), List.of(" ", "-", "."));

    /** Separators with which an extension is written behind. */
    private static final List<List<String>> BEFORE_EXTENSION =
            List.of(List.of(" ", "-"), List.of(" ", "-", "."), List.of(" ", "-"));

    private static final int TAIL = 4;
    private static final Pattern E164 = Pattern.compile("\\+[0-9]{" + TAIL + ",}");

    private final List<Spelling> spellings = new ArrayList<>();

    /** @param fields that may hold a number; checked here, once, as every lookup uses all of them */
    PhoneSpellings(List<String> fields) {
        for (String field : fields) {
            String contains = EncodedQuery.containing(field);
            spellings.add(new Spelling(contains, TAIL, "", ""));
            broken(EncodedQuery.endingWith(field), SEPARATORS, "");
            broken(contains, BEFORE_EXTENSION, " ");
        }
    }

    private void broken(String comparison, List<List<String>> separators, String end) {
        for (int cut = 1; cut < TAIL; cut++) {
            for (String separator : separators.get(cut - 1)) {
                spellings.add(new Spelling(comparison, cut, separator, end));
            }
        }
    }

    /** @param e164 for example {@code +14155550123} */
    List<String> terms(String e164) {
        if (!E164.matcher(e164).matches()) {
            throw new IllegalArgumentException("not a number that a query may hold");
        }
        String tail = e164.substring(e164.length() - TAIL);
        return spellings.stream().map(spelling -> spelling.term(tail)).toList();
    }

    /** @param cut how many of the last digits stand before the separator */
    private record Spelling(String comparison, int cut, String separator, String end) {
        String term(String tail) {
            return comparison + tail.substring(0, cut) + separator + tail.substring(cut) + end;
        }
    }
}
