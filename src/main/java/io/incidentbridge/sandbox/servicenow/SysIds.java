package io.incidentbridge.sandbox.servicenow;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The sys_ids of seeded records: the same in every run, so that examples and tests can name them. */
final class SysIds {

    private SysIds() {}

    static String of(String name) {
        try {
            // Not a matter of secrecy: MD5 happens to have the 128 bits of a sys_id.
            byte[] hash = MessageDigest.getInstance("MD5").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
