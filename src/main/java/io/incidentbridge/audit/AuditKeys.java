package io.incidentbridge.audit;

import io.incidentbridge.security.MountedSecrets;
import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secrets that seal the trail. Each has an id, which entries name, so that a changed key leaves old ones verifiable. */
@Startup
@Singleton
class AuditKeys {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int ID_CHARACTERS = 8;

    private final Map<String, SecretKeySpec> byId = new LinkedHashMap<>();
    private final String current;

    /** Blocks while the key's file is read, which is why it happens at start. */
    @Inject
    AuditKeys(AuditConfig config, MountedSecrets secrets) {
        this(Stream.concat(configured(config, secrets), config.oldKeys().orElse(List.of()).stream())
                .toList());
    }

    /** The key that seals, then those of its file that sealed before it; empty when there is none. */
    static Stream<String> configured(AuditConfig config, MountedSecrets secrets) {
        return secrets.secret("bridge.audit.key", config.key(), config.keyFile()).current().stream()
                .flatMap(String::lines)
                .map(String::strip)
                .filter(key -> !key.isEmpty());
    }

    /** @param secrets the first one seals, all of them verify */
    AuditKeys(List<String> secrets) {
        secrets.forEach(secret -> {
            SecretKeySpec key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
            byId.putIfAbsent(mac(key, List.of("id")).substring(0, ID_CHARACTERS), key);
        });
        current = byId.keySet().stream().findFirst().orElse("");
    }

    /** The id of the key that seals; tells nothing of the key. */
    String current() {
        return current;
    }

    boolean knows(String id) {
        return byId.containsKey(id);
    }

    /**
     * @param id    of a key that is known
     * @param parts in their order; no two different lists have the same seal
     * @return 64 lower-case hex characters
     */
    String seal(String id, List<String> parts) {
        SecretKeySpec key = byId.get(id);
        if (key == null) {
            throw new IllegalStateException("bridge.audit.key is not set");
        }
        return mac(key, parts);
    }

    boolean isSeal(String id, List<String> parts, String seal) {
        return MessageDigest.isEqual(
                seal(id, parts).getBytes(StandardCharsets.UTF_8), seal.getBytes(StandardCharsets.UTF_8));
    }

    private static String mac(SecretKeySpec key, List<String> parts) {
        try {
            // A Mac keeps state, so each call has its own.
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                // The length in front: "ab","c" and "a","bc" must not be the same.
                mac.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
                mac.update(bytes);
            }
            return HexFormat.of().formatHex(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HMAC-SHA256", e);
        }
    }
}
