package io.incidentbridge.security;

import java.util.Map;

/** Keyed hashes outside of Quarkus, for tests of other packages. */
public final class HashFixture {

    private HashFixture() {}

    public static KeyedHash keyedHash() {
        return new KeyedHash(
                Configs.security(Map.of("bridge.security.hash-key", "test-hash-key-0123456789-0123456789")),
                new MountedSecrets());
    }
}
