package io.incidentbridge.security;

/** Keyed hashes outside of Quarkus, for tests of other packages. */
public final class HashFixture {

    private HashFixture() {}

    public static KeyedHash keyedHash() {
        return new KeyedHash();
    }
}
