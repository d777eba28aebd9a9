package io.incidentbridge.emergency;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * One incident's claim to an emergency.
 *
 * @param id       the correlation id: the incident's key at its source
 * @param source   {@code api}, or the source that told of the incident
 * @param severity 1 is the most severe
 * @param queueIds where it wants calls to go, first choice first
 * @param title    in the source's words, may be empty; for Genesys and operators' eyes, not for logs and the audit trail
 * @param since    when it began at its source
 * @param until    when it ends although nobody has said so
 * @param accepted when the bridge opened it
 * @param changed  when its state last changed
 * @param by       who caused that
 * @param how      kind of the event that caused it
 * @param revision of the group by which its change is in effect
 */
record Claim(
        String id,
        String group,
        String source,
        String type,
        int severity,
        List<String> queueIds,
        String title,
        ClaimState state,
        Instant since,
        Instant until,
        Instant accepted,
        Instant changed,
        String by,
        String how,
        long revision) {

    /** @param fields as emergency_record stores them */
    static Claim of(Map<String, String> fields) {
        String queues = fields.getOrDefault("queues", "");
        return new Claim(
                fields.get("id"),
                fields.get("group"),
                fields.getOrDefault("source", ""),
                fields.getOrDefault("type", ""),
                Integer.parseInt(fields.getOrDefault("severity", "3")),
                queues.isEmpty() ? List.of() : Arrays.asList(queues.split(",")),
                fields.getOrDefault("title", ""),
                ClaimState.valueOf(fields.get("state")),
                time(fields, "since"),
                time(fields, "until"),
                time(fields, "accepted"),
                time(fields, "changed"),
                fields.getOrDefault("by", ""),
                fields.getOrDefault("how", ""),
                Long.parseLong(fields.getOrDefault("revision", "0")));
    }

    boolean isOpen(Instant now) {
        return state == ClaimState.OPEN && until.isAfter(now);
    }

    private static Instant time(Map<String, String> fields, String name) {
        String millis = fields.get(name);
        return millis == null ? Instant.EPOCH : Instant.ofEpochMilli(Long.parseLong(millis));
    }
}
