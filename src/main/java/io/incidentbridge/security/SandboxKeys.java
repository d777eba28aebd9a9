package io.incidentbridge.security;

import java.util.Arrays;

/** The keys that application.properties gives to the sandbox, to recognise them even when only a digest is configured. */
final class SandboxKeys {

    private static final String[] KEYS = {"sandbox-data-action", "sandbox-emergency", "sandbox-operator"};

    private SandboxKeys() {}

    static boolean isDigestOfOne(String hex) {
        return Arrays.stream(KEYS).map(Digests::sha256).map(Digests::format).anyMatch(hex::equalsIgnoreCase);
    }
}
