package io.incidentbridge.idempotency;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/** Tells one request from another: SHA-256 of its method, address and body as sent, in hex. */
final class Fingerprint {

    private Fingerprint() {}

    /** @param query without the question mark, or null */
    static String of(String method, String path, String query, byte[] body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            // A line break occurs in none of the three.
            String line = method + "\n" + path + "\n" + Objects.requireNonNullElse(query, "") + "\n";
            digest.update(line.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
