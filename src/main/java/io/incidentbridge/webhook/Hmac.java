package io.incidentbridge.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 over a delivery's bytes, compared in constant time. */
final class Hmac {

    private static final String ALGORITHM = "HmacSHA256";

    private Hmac() {}

    static byte[] of(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HMAC-SHA256", e);
        }
    }

    /**
     * Whether one of the signatures is that of one of the keys. Compared as text, so that there is one spelling of each;
     * every pair is compared, so that time does not tell which one matched.
     */
    static boolean matches(List<byte[]> keys, List<String> signatures, Function<byte[], String> text, byte[]... parts) {
        boolean matches = false;
        for (byte[] key : keys) {
            byte[] expected = text.apply(of(key, parts)).getBytes(StandardCharsets.UTF_8);
            for (String signature : signatures) {
                matches |= MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8));
            }
        }
        return matches;
    }
}
