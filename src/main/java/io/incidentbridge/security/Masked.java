package io.incidentbridge.security;

public final class Masked {
    private Masked() {}

    public static String number(String e164) {
        return e164.substring(0, 2) + "*".repeat(Math.max(0, e164.length() - 4)) + e164.substring(e164.length() - 2);
    }
}
