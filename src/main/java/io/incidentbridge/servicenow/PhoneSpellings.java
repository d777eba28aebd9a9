package io.incidentbridge.servicenow;

import java.util.ArrayList;
import java.util.List;

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

    private PhoneSpellings() {}

    /** @param e164 for example {@code +14155550123} */
    static List<String> terms(String e164, List<String> fields) {
        String tail = e164.substring(e164.length() - TAIL);
        List<String> terms = new ArrayList<>();
        for (String field : fields) {
            terms.add(EncodedQuery.contains(field, tail));
            broken(tail, SEPARATORS).forEach(text -> terms.add(EncodedQuery.endsWith(field, text)));
            broken(tail, BEFORE_EXTENSION).forEach(text -> terms.add(EncodedQuery.contains(field, text + " ")));
        }
        return terms;
    }

    private static List<String> broken(String tail, List<List<String>> separators) {
        List<String> texts = new ArrayList<>();
        for (int cut = 1; cut < TAIL; cut++) {
            for (String separator : separators.get(cut - 1)) {
                texts.add(tail.substring(0, cut) + separator + tail.substring(cut));
            }
        }
        return texts;
    }
}
