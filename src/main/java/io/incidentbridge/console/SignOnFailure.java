package io.incidentbridge.console;

import io.vertx.core.MultiMap;
import java.util.regex.Pattern;
import org.jose4j.jwt.consumer.InvalidJwtException;

/** Why nobody was signed in, in words for the log: exceptions' own messages hold tokens and what is known of a person. */
final class SignOnFailure {

    /** As RFC 6749 and OpenID Connect write their codes. */
    private static final Pattern CODE = Pattern.compile("[a-z_]{1,40}");

    private SignOnFailure() {}

    /**
     * @param query what the browser came back with: its {@code error} is anybody's word, hence heeded only where no code was
     *              there to be redeemed
     */
    static String reason(Throwable failure, MultiMap query) {
        Throwable cause = failure;
        while (!(cause instanceof InvalidJwtException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof InvalidJwtException invalid) {
            return "the provider's token is not valid, codes="
                    + invalid.getErrorDetails().stream()
                            .map(detail -> detail.getErrorCode())
                            .toList() + " of jose4j";
        }
        String error = query.get("error");
        if (error != null && !query.contains("code")) {
            return "the provider denied it, error=" + (CODE.matcher(error).matches() ? error : "unknown");
        }
        return "the code flow ended with " + cause.getClass().getSimpleName();
    }
}
