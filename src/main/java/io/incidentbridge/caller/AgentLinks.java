package io.incidentbridge.caller;

import io.incidentbridge.security.KeyedHash;
import io.incidentbridge.security.MountedSecrets;
import io.incidentbridge.security.Secret;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs what a link refers to and until when: {@code <reference>.<expiry>.<seal>}, an HMAC-SHA256 in base64url. The reference
 * is a keyed hash or chance, so an address tells nobody who called.
 */
@Singleton
class AgentLinks {

    static final String KEY = "bridge.agent-page.key";

    private static final String ALGORITHM = "HmacSHA256";
    private static final Pattern LINK = Pattern.compile("([0-9a-f]{32})\\.(\\d{1,11})\\.([A-Za-z0-9_-]{43})");

    private final Supplier<List<String>> secrets;

    @Inject
    AgentLinks(AgentPageConfig config, MountedSecrets files, KeyedHash hash) {
        this(secrets(files.secret(KEY, config.key(), config.keyFile()), hash));
    }

    /** @param secrets the first one signs, all of them verify */
    AgentLinks(Supplier<List<String>> secrets) {
        this.secrets = secrets;
    }

    private static Supplier<List<String>> secrets(Secret secret, KeyedHash hash) {
        return () -> secret.current()
                .map(lines -> lines.lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList())
                // Two hashes, as one has 128 bits.
                .orElseGet(() -> List.of(hash.hash("agent-page-key", "1") + hash.hash("agent-page-key", "2")));
    }

    /** @param reference 32 lower-case hex characters */
    String sign(String reference, Instant expiry) {
        String signed = reference + "." + expiry.getEpochSecond();
        return signed + "." + seal(secrets.get().get(0), signed);
    }

    /** The reference of a link that this bridge has signed and that has not expired. */
    Optional<String> open(String link, Instant now) {
        Matcher parts = LINK.matcher(link);
        if (!parts.matches()) {
            return Optional.empty();
        }
        byte[] seal = parts.group(3).getBytes(StandardCharsets.UTF_8);
        boolean ours = false;
        for (String secret : secrets.get()) {
            String right = seal(secret, parts.group(1) + "." + parts.group(2));
            ours |= MessageDigest.isEqual(right.getBytes(StandardCharsets.UTF_8), seal);
        }
        boolean valid = ours && now.getEpochSecond() < Long.parseLong(parts.group(2));
        return valid ? Optional.of(parts.group(1)) : Optional.empty();
    }

    private static String seal(String secret, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            byte[] seal = mac.doFinal(("ib-agent-page-1." + text).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(seal);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HMAC-SHA256", e);
        }
    }
}
