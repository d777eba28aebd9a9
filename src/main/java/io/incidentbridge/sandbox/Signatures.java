package io.incidentbridge.sandbox;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 as the vendors sign their webhooks. */
public final class Signatures {

    private static final String ALGORITHM = "HmacSHA256";

    private Signatures() {}

    public static String hex(String secret, Buffer body) {
        return HexFormat.of().formatHex(hmac(secret.getBytes(StandardCharsets.UTF_8), body.getBytes()));
    }

    /** Standard Webhooks 1.0.0: {@code v1,} and base64. */
    public static String standard(String base64Secret, String id, long epochSecond, Buffer body) {
        byte[] signed =
                Buffer.buffer(id + "." + epochSecond + ".").appendBuffer(body).getBytes();
        return "v1,"
                + Base64.getEncoder().encodeToString(hmac(Base64.getDecoder().decode(base64Secret), signed));
    }

    private static byte[] hmac(byte[] key, byte[] signed) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HMAC-SHA256", e);
        }
    }
}
