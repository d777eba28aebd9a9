package io.incidentbridge.audit;

import io.incidentbridge.security.KeyedHash;
import io.incidentbridge.security.MountedSecrets;
import io.incidentbridge.security.Secret;
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
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secrets that seal the trail. Each has an id, which entries name, so that a changed key leaves old ones verifiable. */
@Singleton
class AuditKeys {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int ID_CHARACTERS = 8;

    private final Supplier<List<String>> secrets;
    private volatile Ring ring = new Ring(List.of(), Map.of(), "");

    /** @param current id of the key that seals, "" for none */
    private record Ring(List<String> secrets, Map<String, SecretKeySpec> byId, String current) {}

    @Inject
    AuditKeys(AuditConfig config, MountedSecrets files, KeyedHash hash) {
        this(secrets(config, files, hash));
    }

    /** @param secrets the first one seals, all of them verify */
    AuditKeys(List<String> secrets) {
        this(() -> secrets);
    }

    private AuditKeys(Supplier<List<String>> secrets) {
        this.secrets = secrets;
    }

    private static Supplier<List<String>> secrets(AuditConfig config, MountedSecrets files, KeyedHash hash) {
        Secret secret = files.secret("bridge.audit.key", config.key(), config.keyFile());
        List<String> old = config.oldKeys().orElse(List.of());
        AtomicReference<String> derived = new AtomicReference<>();
        return () -> Stream.concat(
                        secret.current()
                                .map(String::lines)
                                .orElseGet(() -> Stream.of(
                                        derived.updateAndGet(known -> known != null ? known : derived(hash)))),
                        old.stream())
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** Two hashes, as one has 128 bits. */
    private static String derived(KeyedHash hash) {
        return hash.hash("audit-key", "1") + hash.hash("audit-key", "2");
    }

    private Ring ring() {
        List<String> now = secrets.get();
        if (!ring.secrets().equals(now)) {
            ring = ring(now);
        }
        return ring;
    }

    private static Ring ring(List<String> secrets) {
        Map<String, SecretKeySpec> byId = new LinkedHashMap<>();
        secrets.forEach(secret -> {
            SecretKeySpec key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
            byId.putIfAbsent(mac(key, List.of("id")).substring(0, ID_CHARACTERS), key);
        });
        return new Ring(secrets, byId, byId.keySet().stream().findFirst().orElse(""));
    }

    /** The id of the key that seals; tells nothing of the key. */
    String current() {
        return ring().current();
    }

    boolean knows(String id) {
        return ring().byId().containsKey(id);
    }

    /**
     * @param id    of a key that is known
     * @param parts in their order; no two different lists have the same seal
     * @return 64 lower-case hex characters
     */
    String seal(String id, List<String> parts) {
        SecretKeySpec key = ring().byId().get(id);
        if (key == null) {
            throw new IllegalStateException("no such key for the audit trail");
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
