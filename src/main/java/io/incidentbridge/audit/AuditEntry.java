package io.incidentbridge.audit;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An entry of the trail as operators see it, and as it is exported.
 *
 * @param seq            place in the trail, from 1 without gaps
 * @param id             of the moment of sealing; pages go by it
 * @param at             when it happened, ISO-8601 UTC
 * @param actor          the client or person that caused it
 * @param action         for example {@code caller.enrolled}
 * @param record         what was changed
 * @param before         changed fields as they were
 * @param after          changed fields as they are now
 * @param conversationId the Genesys conversation, or empty
 * @param kid            id of the key that sealed it
 * @param mac            its seal, over all of these and the seal before
 */
@RegisterForReflection
public record AuditEntry(
        long seq,
        String id,
        String at,
        String actor,
        String action,
        String record,
        Map<String, String> before,
        Map<String, String> after,
        String conversationId,
        String kid,
        String mac) {

    static AuditEntry of(SealedEntry entry) {
        return new AuditEntry(
                entry.seq(),
                entry.id(),
                entry.field("at"),
                entry.field("actor"),
                entry.field("action"),
                entry.field("record"),
                values(entry.field("before")),
                values(entry.field("after")),
                entry.field("conversation"),
                entry.kid(),
                entry.mac());
    }

    /** What was sealed, made of what was exported. */
    SealedEntry sealed() {
        List<String> fields = List.of(
                at, actor, action, record, SealedEntry.canonical(before), SealedEntry.canonical(after), conversationId);
        return new SealedEntry(id, seq, kid, fields, mac);
    }

    private static Map<String, String> values(String json) {
        Map<String, String> values = new TreeMap<>();
        try {
            new JsonObject(json).forEach(field -> values.put(field.getKey(), String.valueOf(field.getValue())));
        } catch (DecodeException e) {
            // Not written by the bridge; verification says so, listing shows it all the same.
            values.put("unreadable", json);
        }
        return values;
    }
}
