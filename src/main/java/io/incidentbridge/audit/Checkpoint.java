package io.incidentbridge.audit;

import java.util.List;

/**
 * Where the trail begins after its oldest entries were forgotten: the last one of them.
 *
 * @param seq  its number
 * @param mac  its seal, which the first entry that stayed follows
 * @param id   its id in the stream
 * @param at   when the entries were forgotten, ISO-8601
 * @param kid  id of the key of the seal
 * @param seal over all of these: nobody else can move the beginning
 */
record Checkpoint(long seq, String mac, String id, String at, String kid, String seal) {

    private static final String FORMAT = "ib-audit-checkpoint-1";

    static Checkpoint seal(AuditKeys keys, SealedEntry last, String at) {
        String kid = keys.current();
        List<String> parts = parts(last.seq(), last.mac(), last.id(), at, kid);
        return new Checkpoint(last.seq(), last.mac(), last.id(), at, kid, keys.seal(kid, parts));
    }

    boolean isSealed(AuditKeys keys) {
        return keys.knows(kid) && keys.isSeal(kid, parts(seq, mac, id, at, kid), seal);
    }

    ChainLink link() {
        return new ChainLink(seq, mac, id);
    }

    private static List<String> parts(long seq, String mac, String id, String at, String kid) {
        return List.of(FORMAT, Long.toString(seq), mac, id, at, kid);
    }
}
