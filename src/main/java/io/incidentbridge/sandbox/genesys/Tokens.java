package io.incidentbridge.sandbox.genesys;

import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** OAuth clients and the tokens issued to them; the default lifetime of a Genesys client's tokens is a day. */
final class Tokens {

    static final int LIFETIME_SECONDS = 86_400;

    private static final Map<String, String> SECRETS = Map.of(
            "sandbox",
            "sandbox",
            "sandbox-emergency",
            "sandbox-emergency",
            GenesysSimulator.OBSERVER,
            GenesysSimulator.OBSERVER);

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Token> issued = new ConcurrentHashMap<>();

    record Token(String value, String client, Instant expires) {}

    Tokens(Clock clock) {
        this.clock = clock;
    }

    /** @return the client that the {@code Authorization} header proves */
    Optional<String> authenticate(String authorization) {
        return credentials(authorization, "basic ").flatMap(encoded -> {
            String[] pair = decode(encoded).split(":", 2);
            return pair.length == 2 && pair[1].equals(SECRETS.get(pair[0])) ? Optional.of(pair[0]) : Optional.empty();
        });
    }

    Token issue(String client) {
        issued.values().removeIf(this::expired);
        byte[] bytes = new byte[48];
        random.nextBytes(bytes);
        String value = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Token token = new Token(value, client, clock.instant().plusSeconds(LIFETIME_SECONDS));
        issued.put(value, token);
        return token;
    }

    Optional<Token> find(HttpServerRequest request) {
        return credentials(request.getHeader("Authorization"), "bearer ")
                .map(issued::get)
                .filter(token -> !expired(token));
    }

    void revoke(Token token) {
        issued.remove(token.value());
    }

    void revokeAll() {
        issued.clear();
    }

    private boolean expired(Token token) {
        return !clock.instant().isBefore(token.expires());
    }

    private static Optional<String> credentials(String authorization, String scheme) {
        return authorization != null && authorization.regionMatches(true, 0, scheme, 0, scheme.length())
                ? Optional.of(authorization.substring(scheme.length()).trim())
                : Optional.empty();
    }

    private static String decode(String encoded) {
        try {
            return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
