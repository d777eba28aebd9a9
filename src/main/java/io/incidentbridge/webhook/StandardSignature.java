package io.incidentbridge.webhook;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Standard Webhooks 1.0.0, symmetric: base64 of HMAC-SHA256 over id, time and body
 * (github.com/standard-webhooks/standard-webhooks, spec/standard-webhooks.md).
 */
final class StandardSignature implements SignatureScheme {

    static final String ID = "webhook-id";
    static final String TIMESTAMP = "webhook-timestamp";
    static final String SIGNATURE = "webhook-signature";

    private static final String SECRET_PREFIX = "whsec_";
    private static final String VERSION = "v1,";
    private static final int SHORTEST_KEY = 24;
    private static final int LONGEST_KEY = 64;
    /** Without a dot, which separates what is signed. */
    private static final Pattern SAFE_ID = Pattern.compile("[\\x21-\\x7e&&[^.]]{1,256}");

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,11}");

    @Override
    public byte[] key(String secret) {
        String base64 = secret.startsWith(SECRET_PREFIX) ? secret.substring(SECRET_PREFIX.length()) : secret;
        byte[] key;
        try {
            key = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("is not whsec_ and base64");
        }
        if (key.length < SHORTEST_KEY || key.length > LONGEST_KEY) {
            throw new IllegalArgumentException("is not of 24 to 64 bytes");
        }
        return key;
    }

    @Override
    public boolean matches(Headers headers, byte[] body, List<byte[]> keys, Instant now, Duration tolerance) {
        String id = headers.only(ID);
        String timestamp = headers.only(TIMESTAMP);
        String signatures = headers.only(SIGNATURE);
        if (id == null
                || timestamp == null
                || signatures == null
                || !SAFE_ID.matcher(id).matches()
                || !SECONDS.matcher(timestamp).matches()) {
            return false;
        }
        Duration off = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now);
        List<String> given = Arrays.stream(signatures.split(" "))
                .filter(signature -> signature.startsWith(VERSION))
                .limit(MOST_SIGNATURES)
                .toList();
        byte[] signed = (id + "." + timestamp + ".").getBytes(StandardCharsets.US_ASCII);
        return Hmac.matches(keys, given, mac -> VERSION + Base64.getEncoder().encodeToString(mac), signed, body)
                && off.abs().compareTo(tolerance) <= 0;
    }
}
