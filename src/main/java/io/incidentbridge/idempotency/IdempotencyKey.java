package io.incidentbridge.idempotency;

import io.incidentbridge.problem.ProblemException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A client's key and what it is a key to: never looked up alone, or one client could fetch another's answer.
 *
 * @param client    whose credential sent it
 * @param operation which resource method it was sent to
 * @param key       1 to 255 visible ASCII characters, without quotes around it
 */
public record IdempotencyKey(String client, String operation, String key) {

    private static final Pattern BARE = Pattern.compile("[\\x21-\\x7E&&[^\"]]{1,255}");

    /** A string of structured fields (RFC 8941): only quotes and backslashes are escaped. */
    private static final Pattern QUOTED = Pattern.compile("\"((?:[\\x21-\\x7E&&[^\"\\\\]]|\\\\[\"\\\\])+)\"");

    private static final int LONGEST = 255;

    /**
     * The key in a header, the same whether quoted or bare.
     *
     * @throws ProblemException 400 when it is neither
     */
    static String parse(String header) {
        String value = header.strip();
        Matcher quoted = QUOTED.matcher(value);
        if (quoted.matches()) {
            String key = quoted.group(1).replaceAll("\\\\(.)", "$1");
            if (key.length() <= LONGEST) {
                return key;
            }
        } else if (BARE.matcher(value).matches()) {
            return value;
        }
        throw Refusal.malformedKey();
    }
}
