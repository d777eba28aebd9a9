package io.incidentbridge.sandbox.servicenow;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Access and refresh tokens, with the default lifetimes of an application registry record. */
final class OAuthTokens {

    static final Duration ACCESS_LIFETIME = Duration.ofSeconds(1800);
    static final Duration REFRESH_LIFETIME = Duration.ofDays(100);

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Token> accessTokens = new HashMap<>();
    private final Map<String, Token> refreshTokens = new HashMap<>();
    private final Map<String, Grant> passwordGrants = new HashMap<>();

    OAuthTokens(Clock clock) {
        this.clock = clock;
    }

    synchronized Token issueAccess(Account account) {
        // Long-running load tests ask for many tokens; the dead ones must not pile up.
        accessTokens.values().removeIf(token -> !token.livesAt(clock.instant()));
        return issue(accessTokens, account, ACCESS_LIFETIME);
    }

    /** Asking again while the access token lives gives the same tokens. */
    synchronized Grant grantPassword(Account client, Account user) {
        return passwordGrants.compute(client.userName() + " " + user.userName(), (key, grant) -> {
            if (grant != null && grant.access().livesAt(clock.instant())) {
                return grant;
            }
            return new Grant(issueAccess(user), issue(refreshTokens, user, REFRESH_LIFETIME));
        });
    }

    /** A new access token; the refresh token stays as it is. */
    synchronized Optional<Token> refresh(String refreshToken) {
        return living(refreshTokens, refreshToken).map(token -> issueAccess(token.account()));
    }

    synchronized Optional<Account> accountOf(String accessToken) {
        return living(accessTokens, accessToken).map(Token::account);
    }

    synchronized void revokeAll() {
        accessTokens.clear();
        refreshTokens.clear();
        passwordGrants.clear();
    }

    private Token issue(Map<String, Token> tokens, Account account, Duration lifetime) {
        byte[] bytes = new byte[64];
        random.nextBytes(bytes);
        String value = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Token token = new Token(value, account, clock.instant().plus(lifetime));
        tokens.put(value, token);
        return token;
    }

    private Optional<Token> living(Map<String, Token> tokens, String value) {
        return Optional.ofNullable(tokens.get(value)).filter(token -> token.livesAt(clock.instant()));
    }

    record Token(String value, Account account, Instant expiresAt) {

        boolean livesAt(Instant instant) {
            return instant.isBefore(expiresAt);
        }
    }

    record Grant(Token access, Token refresh) {}
}
