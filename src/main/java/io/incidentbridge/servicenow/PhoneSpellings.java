package io.incidentbridge.servicenow;

import java.util.ArrayList;
import java.util.List;

/**
 * The search terms that find a number however it is written. ServiceNow cannot normalise, but every usual spelling ends
 * with the number's last four digits with at most one separator among them, or has an extension behind them; what is
 * found is compared row by row afterwards, so a term may find too much but never too little (docs/adr/0002).
 */
final class PhoneSpellings {

    private static final int TAIL = 4;
    private static final List<String> SEPARATORS = List.of(" ", "-", ".", "/");
    /** What may follow the last digit: a blank (also before "x", "ext", "#"), "x", "e" for "ext", or ";ext=". */
    private static final List<String> EXTENSION_MARKS = List.of(" ", "x", "e", ";");

    private PhoneSpellings() {}

    /** @param e164 for example {@code +14155550123} */
    static List<String> terms(String e164, List<String> fields) {
        String tail = e164.substring(e164.length() - TAIL);
        List<String> terms = new ArrayList<>();
        for (String field : fields) {
            terms.add(EncodedQuery.endsWith(field, tail));
            for (int cut = 1; cut < TAIL; cut++) {
                for (String separator : SEPARATORS) {
                    terms.add(EncodedQuery.endsWith(field, tail.substring(0, cut) + separator + tail.substring(cut)));
                }
            }
            for (String mark : EXTENSION_MARKS) {
                terms.add(EncodedQuery.contains(field, tail + mark));
            }
        }
        return terms;
    }
}
