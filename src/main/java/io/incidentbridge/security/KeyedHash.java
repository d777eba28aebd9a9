package io.incidentbridge.security;

import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Hides callers' numbers and ids in Redis keys. Keyed, because there are so few telephone numbers that a plain hash of
 * one is undone by trying them all.
 */
@Startup
@Singleton
public class KeyedHash {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int HEX_CHARACTERS = 32;

    private final SecretKeySpec key;

    /** Blocks while the key's file is read, which is why it happens at start. */
    @Inject
    KeyedHash(SecurityConfig config, MountedSecrets secrets) {
        this.key = secrets.secret("bridge.security.hash-key", config.hashKey(), config.hashKeyFile())
                .current()
                .map(secret -> new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM))
                .orElse(null);
    }

    /**
     * The same for the same input on every replica; 32 lower-case hex characters.
     *
     * @param kind  what the value is, for example {@code caller}: equal values of two kinds have different hashes
     * @param value in its normal form
     */
    public String hash(String kind, String value) {
        if (key == null) {
            throw new IllegalStateException("bridge.security.hash-key is not set");
        }
        try {
            // A Mac keeps state, so each call has its own.
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(kind.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            byte[] digest = mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HEX_CHARACTERS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HMAC-SHA256", e);
        }
    }
}
