package io.incidentbridge.console;

import io.incidentbridge.security.KeyedHash;
import io.incidentbridge.security.OperatorKeys;
import io.incidentbridge.security.OperatorKeys.Known;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.NewCookie;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;

/**
 * Operators' sessions, kept by nobody: a cookie that any replica can check. It names the key that opened it, so that a
 * rotated key ends its sessions everywhere; or the person whom the OpenID provider named, until it ends by itself or
 * single sign-on is switched off.
 */
@ApplicationScoped
class Sessions {

    static final String COOKIE = "incident-bridge-console";

    private static final String KEY = "console-session";
    private static final String PERSON = "console-person";
    private static final String TOKEN = "console-form";

    private final ConsoleConfig config;
    private final OperatorKeys keys;
    private final KeyedHash hash;
    private final Clock clock;

    Sessions(ConsoleConfig config, OperatorKeys keys, KeyedHash hash, Clock clock) {
        this.config = config;
        this.keys = keys;
        this.hash = hash;
        this.clock = clock;
    }

    /** A cookie's value: the key's fingerprint, when the session ends, and a seal over both. */
    String open(Known operator) {
        return seal(KEY, operator.fingerprint());
    }

    /** Likewise for somebody whom the OpenID provider has named, and given the right. */
    String openFor(String person) {
        return seal(
                PERSON,
                Base64.getUrlEncoder().withoutPadding().encodeToString(person.getBytes(StandardCharsets.UTF_8)));
    }

    private String seal(String kind, String who) {
        String content = who + "." + clock.instant().plus(config.session()).toEpochMilli();
        return content + "." + hash.hash(kind, content);
    }

    /**
     * Whose session it is, as the audit trail names him; empty for one that has ended, was changed, whose key is no
     * operator's any more, or whose person could not sign in any more.
     */
    Optional<String> read(String value) {
        String[] parts = value.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        if (isValid(KEY, parts)) {
            return keys.operator(parts[0]).map(Known::client);
        }
        return config.singleSignOn() && isValid(PERSON, parts)
                ? Optional.of(new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8))
                : Optional.empty();
    }

    private boolean isValid(String kind, String[] parts) {
        return equal(hash.hash(kind, parts[0] + "." + parts[1]), parts[2])
                // Sealed by the bridge, so it is a number.
                && Long.parseLong(parts[1]) > clock.millis();
    }

    /** What a change must be sent with; another site can neither read nor guess it. */
    String token(String session) {
        return hash.hash(TOKEN, session);
    }

    boolean isToken(String session, String presented) {
        return presented != null && equal(token(session), presented);
    }

    NewCookie cookie(String value) {
        return cookie(value, (int) config.session().toSeconds());
    }

    NewCookie ended() {
        return cookie("", 0);
    }

    private NewCookie cookie(String value, int seconds) {
        return new NewCookie.Builder(COOKIE)
                .value(value)
                .path(ConsoleEdge.ROOT)
                .maxAge(seconds)
                .httpOnly(true)
                .secure(config.secureCookie())
                .sameSite(NewCookie.SameSite.STRICT)
                .build();
    }

    private static boolean equal(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
