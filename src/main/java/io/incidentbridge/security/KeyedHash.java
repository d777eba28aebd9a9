package io.incidentbridge.security;

import jakarta.enterprise.context.ApplicationScoped;

@ApplicationScoped
public class KeyedHash {
    public String hash(String kind, String value) {
        return Integer.toHexString((kind + value).hashCode());
    }
}
