package io.incidentbridge.sandbox.servicenow;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The API users of the instance, each also an OAuth client of the same name; name and secret are alike. */
final class Accounts {

    /** Its requests meet no limit or fault and are not counted: for tests that look at the outcome. */
    static final String OBSERVER = "observer";

    static final List<Account> ALL = List.of(
            new Account("sandbox", SysIds.of("account sandbox")),
            new Account("sandbox-emergency", SysIds.of("account sandbox-emergency")),
            new Account(OBSERVER, SysIds.of("account observer")));

    private final OAuthTokens tokens;

    Accounts(OAuthTokens tokens) {
        this.tokens = tokens;
    }

    static Optional<Account> named(String name, String secret) {
        return ALL.stream()
                .filter(account -> account.userName().equals(name) && name.equals(secret))
                .findFirst();
    }

    /** @param authorization the request's header, or null */
    Optional<Account> authenticate(String authorization) {
        if (authorization == null) {
            return Optional.empty();
        }
        int space = authorization.indexOf(' ');
        String scheme = space < 0 ? "" : authorization.substring(0, space);
        String credentials = authorization.substring(space + 1).strip();
        if (scheme.equalsIgnoreCase("Bearer")) {
            return tokens.accountOf(credentials);
        }
        return scheme.equalsIgnoreCase("Basic") ? basic(credentials) : Optional.empty();
    }

    private static Optional<Account> basic(String credentials) {
        try {
            String pair = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? Optional.empty() : named(pair.substring(0, colon), pair.substring(colon + 1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
