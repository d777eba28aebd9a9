package io.incidentbridge.webhook;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * PagerDuty V3: hex of HMAC-SHA256 over the body, one for each secret while they rotate, others than {@code v1} skipped
 * (PagerDuty/developer-docs, docs/webhooks/04-Signatures.md). Nothing but the body is signed, no time either.
 */
final class PagerDutySignature implements SignatureScheme {

    static final String SIGNATURE = "X-PagerDuty-Signature";

    private static final String VERSION = "v1=";

    @Override
    public byte[] key(String secret) {
        if (secret.isBlank()) {
            throw new IllegalArgumentException("is empty");
        }
        return secret.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean matches(Headers headers, byte[] body, List<byte[]> keys, Instant now, Duration tolerance) {
        String signatures = headers.only(SIGNATURE);
        if (signatures == null) {
            return false;
        }
        List<String> given = Arrays.stream(signatures.split(","))
                .map(String::strip)
                .filter(signature -> signature.startsWith(VERSION))
                .limit(MOST_SIGNATURES)
                .toList();
        return Hmac.matches(keys, given, mac -> VERSION + HexFormat.of().formatHex(mac), body);
    }
}
