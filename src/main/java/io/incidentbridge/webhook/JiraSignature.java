package io.incidentbridge.webhook;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/**
 * Jira's admin webhooks: {@code X-Hub-Signature: sha256=<hex>} over the body (WebSub, section 7). The header names its
 * method; any other than SHA-256 is refused, as otherwise the sender would choose how well it is checked.
 */
final class JiraSignature implements SignatureScheme {

    static final String SIGNATURE = "X-Hub-Signature";

    private static final String METHOD = "sha256=";

    @Override
    public byte[] key(String secret) {
        if (secret.isBlank()) {
            throw new IllegalArgumentException("is empty");
        }
        return secret.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean matches(Headers headers, byte[] body, List<byte[]> keys, Instant now, Duration tolerance) {
        String signature = headers.only(SIGNATURE);
        // The signature over nothing is always the same one (excludeBody), so it proves nothing.
        return signature != null
                && body.length > 0
                && Hmac.matches(
                        keys, List.of(signature), mac -> METHOD + HexFormat.of().formatHex(mac), body);
    }
}
