package io.incidentbridge.security;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The key in a request: {@code X-API-Key}, or the password of Basic credentials whose user name does not matter. */
final class PresentedKey {

    static final String HEADER = "X-API-Key";

    /** What an unusable credential becomes: no key is empty, so it never matches. */
    private static final String UNUSABLE = "";

    private static final String BASIC = "Basic ";

    private PresentedKey() {}

    /** Empty when the request has no credential of ours; another mechanism may know the one it has. */
    static Optional<String> in(MultiMap headers) {
        List<String> keys = headers.getAll(HEADER);
        if (!keys.isEmpty()) {
            return Optional.of(keys.size() == 1 ? keys.get(0) : UNUSABLE);
        }
        String authorization = headers.get(HttpHeaders.AUTHORIZATION);
        return authorization != null && authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())
                ? Optional.of(password(authorization.substring(BASIC.length()).strip()))
                : Optional.empty();
    }

    private static String password(String base64) {
        try {
            String pair = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? UNUSABLE : pair.substring(colon + 1);
        } catch (IllegalArgumentException e) {
            return UNUSABLE;
        }
    }
}
