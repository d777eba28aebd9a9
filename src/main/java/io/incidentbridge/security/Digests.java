package io.incidentbridge.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of API keys, which are random and long: a slow password hash would only slow down every request. */
final class Digests {

    private Digests() {}

    static byte[] sha256(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    static boolean isSha256(String hex) {
        return hex.matches("[0-9a-fA-F]{64}");
    }

    static String format(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }

    static byte[] parse(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
