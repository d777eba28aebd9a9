package io.incidentbridge.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * An operator's word that findings are known and explained. It is an entry of the trail, so it is sealed as all of them,
 * and holds for exactly the findings before it that its fingerprint is of: one more, or another one, and all of them count
 * again.
 */
final class Acknowledgement {

    private static final String ACTION = "audit.findings-acknowledged";
    private static final String FINGERPRINT = "fingerprint";

    private Acknowledgement() {}

    static AuditTrail.Entry entry(String actor, ChainReport report, String reason) {
        return new AuditTrail.Entry(
                actor,
                ACTION,
                "audit/trail",
                Map.of(),
                Map.of(
                        FINGERPRINT,
                        report.fingerprint(),
                        "findings",
                        Long.toString(report.found() - report.acknowledged()),
                        "reason",
                        reason),
                "");
    }

    /** @param fingerprint of the findings since the acknowledgement before it */
    static boolean isOf(SealedEntry entry, String fingerprint) {
        // As text of the canonical form, in which no other field's text can hold an unescaped quote.
        return entry.field("action").equals(ACTION)
                && entry.field("after").contains("\"" + FINGERPRINT + "\":\"" + fingerprint + "\"");
    }

    /** @param before of the findings before this one, empty for none */
    static String fingerprint(String before, ChainFinding.Kind kind, long from, long to) {
        String finding = before + "\n" + kind + " " + from + " " + to;
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(finding.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
