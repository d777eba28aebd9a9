package io.incidentbridge.console;

import java.util.regex.Pattern;
import org.jose4j.jwt.consumer.InvalidJwtException;

/** Why nobody was signed in, in words for the log: exceptions' own messages hold tokens and what is known of a person. */
final class SignOnFailure {

    /** As RFC 6749 and OpenID Connect write their codes. */
    private static final Pattern CODE = Pattern.compile("[a-z_]{1,40}");

    private SignOnFailure() {}

    /** @param error what the browser says that the provider said, null when it said nothing */
    static String reason(Throwable failure, String error) {
        if (error != null) {
            return "the provider denied it, error=" + (CODE.matcher(error).matches() ? error : "unknown");
        }
        Throwable cause = failure;
        while (!(cause instanceof InvalidJwtException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof InvalidJwtException invalid
                ? "the provider's token is not valid, codes="
                        + invalid.getErrorDetails().stream()
                                .map(detail -> detail.getErrorCode())
                                .toList() + " of jose4j"
                : "the code flow ended with " + cause.getClass().getSimpleName();
    }
}
