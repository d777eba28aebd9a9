package io.incidentbridge.audit;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An entry as it is kept. Its seal covers every field, its place and the seal of the entry before it.
 *
 * @param id     in the stream: milliseconds of the moment of sealing, and a count
 * @param seq    place in the trail, from 1
 * @param kid    id of the key that sealed it
 * @param fields values in the order of {@link #FIELDS}
 * @param mac    the seal
 */
record SealedEntry(String id, long seq, String kid, List<String> fields, String mac) {

    /** What is told of a change, in the order in which it is sealed. */
    static final List<String> FIELDS = List.of("at", "actor", "action", "record", "before", "after", "conversation");

    /** A place that no entry has: what stands there was not written by the bridge. */
    static final long FOREIGN = -1;

    private static final String FORMAT = "ib-audit-1";
    private static final String SEQ = "seq";
    private static final String KID = "kid";
    private static final String MAC = "mac";

    static SealedEntry seal(AuditKeys keys, ChainLink before, String id, List<String> fields) {
        long seq = before.seq() + 1;
        String kid = keys.current();
        return new SealedEntry(id, seq, kid, fields, keys.seal(kid, parts(before.mac(), id, seq, kid, fields)));
    }

    /** What Redis holds; anything that does not look like an entry is {@link #FOREIGN}. */
    static SealedEntry of(String id, List<String> wire) {
        Map<String, String> given = new TreeMap<>();
        for (int i = 0; i + 1 < wire.size(); i += 2) {
            given.put(wire.get(i), wire.get(i + 1));
        }
        List<String> fields = new ArrayList<>();
        FIELDS.forEach(name -> fields.add(given.getOrDefault(name, "")));
        boolean whole = wire.size() == width() - 1
                && given.keySet().containsAll(FIELDS)
                && given.keySet().containsAll(List.of(SEQ, KID, MAC))
                && given.get(SEQ).matches("[1-9]\\d{0,17}");
        return new SealedEntry(
                id,
                whole ? Long.parseLong(given.get(SEQ)) : FOREIGN,
                given.getOrDefault(KID, ""),
                fields,
                given.getOrDefault(MAC, ""));
    }

    boolean isSealed(AuditKeys keys, String previousMac) {
        return keys.isSeal(kid, parts(previousMac, id, seq, kid, fields), mac);
    }

    private static List<String> parts(String previousMac, String id, long seq, String kid, List<String> fields) {
        List<String> parts = new ArrayList<>(List.of(FORMAT, previousMac, id, Long.toString(seq), kid));
        parts.addAll(fields);
        return parts;
    }

    ChainLink link() {
        return new ChainLink(seq, mac, id);
    }

    String field(String name) {
        return fields.get(FIELDS.indexOf(name));
    }

    /** How many values {@link #wire} has, whatever they are. */
    static int width() {
        return 1 + 2 * (FIELDS.size() + 3);
    }

    /** The id, then fields and values, as XADD takes them. */
    List<String> wire() {
        List<String> wire = new ArrayList<>(List.of(id, SEQ, Long.toString(seq), KID, kid, MAC, mac));
        for (int i = 0; i < FIELDS.size(); i++) {
            wire.add(FIELDS.get(i));
            wire.add(fields.get(i));
        }
        return wire;
    }

    /** The text that is sealed for the fields of a record; in one order, so that an exported entry can be verified. */
    static String canonical(Map<String, String> values) {
        return new JsonObject(new TreeMap<>(values)).encode();
    }
}
