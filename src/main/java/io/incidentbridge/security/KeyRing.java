package io.incidentbridge.security;

import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Every valid key, as a digest, with the client it belongs to. Immutable: a rotation makes a new one. */
record KeyRing(List<Key> keys) {

    /**
     * @param rights      names as {@code @RolesAllowed} takes them
     * @param certificate whether it counts only beside a certificate of its caller's
     */
    record Key(String client, Set<String> rights, boolean certificate, byte[] sha256) {}

    KeyRing {
        keys = List.copyOf(keys);
    }

    /** Compares with every key, so that the time taken tells nothing about which one came close. */
    Optional<Key> find(String presented) {
        byte[] digest = Digests.sha256(presented);
        Key found = null;
        for (Key key : keys) {
            if (MessageDigest.isEqual(digest, key.sha256())) {
                found = key;
            }
        }
        return Optional.ofNullable(found);
    }
}
