package io.incidentbridge.security;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** API keys as people sign in with them: what a session remembers of one, and whether it still holds. */
@ApplicationScoped
public class OperatorKeys {

    private final ApiKeys keys;

    OperatorKeys(ApiKeys keys) {
        this.keys = keys;
    }

    /**
     * A key that was found.
     *
     * @param client      whose it is
     * @param fingerprint of the key, which cannot be told from it; 64 hex characters
     * @param operator    whether it has the right, and no need of a certificate, which a form cannot show
     */
    public record Known(String client, String fingerprint, boolean operator) {}

    /** Empty for an unknown key. */
    public Optional<Known> find(String presented) {
        return keys.find(presented).map(OperatorKeys::known);
    }

    /** The key of a fingerprint while it is valid: one that was rotated away or lost its right ends its sessions. */
    public Optional<Known> operator(String fingerprint) {
        return keys.ring().keys().stream()
                .map(OperatorKeys::known)
                .filter(known -> known.operator() && known.fingerprint().equals(fingerprint))
                .findFirst();
    }

    private static Known known(KeyRing.Key key) {
        String fingerprint = Digests.format(Digests.sha256("session " + Digests.format(key.sha256())));
        boolean operator = key.rights().contains(Rights.OPERATOR) && !key.certificate();
        return new Known(key.client(), fingerprint, operator);
    }
}
