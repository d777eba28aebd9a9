package io.incidentbridge.audit;

import io.vertx.mutiny.redis.client.Response;

/**
 * Where the trail begins and ends, at one moment.
 *
 * @param length     number of entries in the stream
 * @param lastId     of the last entry there, {@code 0-0} for none
 * @param headSeq    number of the last entry ever written, as Redis was told; -1 when what it holds is no number
 * @param headMac    that entry's seal
 * @param checkpoint null when nothing was ever forgotten
 */
record AuditEnds(long length, String lastId, long headSeq, String headMac, Checkpoint checkpoint) {

    static AuditEnds of(Response reply) {
        String seq = text(reply, 2);
        return new AuditEnds(
                reply.get(0).toLong(),
                text(reply, 1),
                seq.isEmpty() ? 0 : number(seq),
                seq.isEmpty() ? ChainLink.START.mac() : text(reply, 3),
                text(reply, 4).isEmpty()
                        ? null
                        : new Checkpoint(
                                number(text(reply, 4)),
                                text(reply, 5),
                                text(reply, 6),
                                text(reply, 7),
                                text(reply, 8),
                                text(reply, 9)));
    }

    private static String text(Response reply, int index) {
        return reply.get(index).toString();
    }

    private static long number(String text) {
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : -1;
    }
}
