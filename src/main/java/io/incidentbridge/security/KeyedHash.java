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

    private final Mac prototype;

    /** Blocks while the key's file is read, which is why it happens at start. */
    @Inject
    KeyedHash(SecurityConfig config, MountedSecrets secrets) {
        this.prototype = secrets.secret("bridge.security.hash-key", config.hashKey(), config.hashKeyFile())
                .current()
                .map(secret -> keyed(secret.getBytes(StandardCharsets.UTF_8)))
                .orElse(null);
    }

    /**
     * The same for the same input on every replica; 32 lower-case hex characters.
     *
     * @param kind  what the value is, for example {@code caller}: equal values of two kinds have different hashes
     * @param value in its normal form
     */
    public String hash(String kind, String value) {
        if (prototype == null) {
            throw new IllegalStateException("bridge.security.hash-key is not set");
        }
        try {
            // A Mac keeps state, so each call has its own.
            Mac mac = (Mac) prototype.clone();
            mac.update(kind.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            byte[] digest = mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HEX_CHARACTERS);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("Java's own HMAC-SHA256 can be cloned", e);
        }
    }

    private static Mac keyed(byte[] secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HMAC-SHA256", e);
        }
    }
}
