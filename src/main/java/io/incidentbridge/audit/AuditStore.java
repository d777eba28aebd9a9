package io.incidentbridge.audit;

import io.incidentbridge.redis.RedisCommands;
import io.incidentbridge.redis.RedisScript;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;

/** The trail in Redis. */
@ApplicationScoped
class AuditStore {

    /** Small enough for one answer within a command's deadline. */
    static final int PAGE = 500;

    private static final String STREAM = "ib:{audit}:stream";
    private static final String HEAD = "ib:{audit}:head";
    private static final String CHECKPOINT = "ib:{audit}:checkpoint";
    private static final String WRITER = "ib:{audit}:writer:";

    /** No batch is tried again that much later. */
    private static final Duration WRITER_KEPT = Duration.ofDays(1);

    private static final RedisScript APPEND = RedisScript.load("audit_append");
    private static final RedisScript ENDS = RedisScript.load("audit_ends");
    private static final RedisScript TRIM = RedisScript.load("audit_trim");

    private final RedisCommands redis;
    private final String writer = WRITER + UUID.randomUUID();

    AuditStore(RedisCommands redis) {
        this.redis = redis;
    }

    /**
     * Appends all entries or none.
     *
     * @param batch   told again when the same entries are tried again, sealed anew or not: they are appended once
     * @param after   what the first entry follows
     * @param entries at least one
     */
    Uni<Appended> append(String batch, ChainLink after, List<SealedEntry> entries) {
        ChainLink last = entries.get(entries.size() - 1).link();
        List<String> arguments = new ArrayList<>(List.of(
                batch,
                Long.toString(WRITER_KEPT.toMillis()),
                Long.toString(after.seq()),
                after.mac(),
                after.lastId(),
                Long.toString(last.seq()),
                last.mac(),
                Integer.toString(SealedEntry.width())));
        entries.forEach(entry -> arguments.addAll(entry.wire()));
        return redis.run(APPEND, List.of(STREAM, HEAD, writer), arguments).map(Appended::of);
    }

    Uni<AuditEnds> ends() {
        return redis.run(ENDS, List.of(STREAM, HEAD, CHECKPOINT), List.of()).map(AuditEnds::of);
    }

    /** Entries in their order, page by page as they are asked for; both bounds as XRANGE spells them. */
    Multi<SealedEntry> forward(String from, String to) {
        return pages(Command.XRANGE, from, to);
    }

    /** Entries from the newest to the oldest. */
    Multi<SealedEntry> backward(String from, String to) {
        return pages(Command.XREVRANGE, from, to);
    }

    private Multi<SealedEntry> pages(Command command, String from, String to) {
        return Multi.createBy()
                .repeating()
                .uni(() -> new String[] {from}, next -> redis.send(
                                command, STREAM, next[0], to, "COUNT", Integer.toString(PAGE))
                        .map(AuditStore::entries)
                        .invoke(page -> next[0] = page.isEmpty()
                                ? from
                                : "(" + page.get(page.size() - 1).id()))
                .whilst(page -> page.size() == PAGE)
                .onItem()
                .disjoint();
    }

    /**
     * Forgets the entries up to the checkpoint.
     *
     * @param from what the trail began after so far, null for its start
     * @return how many; -1 when somebody else moved the checkpoint meanwhile
     */
    Uni<Long> trim(Checkpoint from, Checkpoint to) {
        List<String> arguments = List.of(
                from == null ? "" : Long.toString(from.seq()),
                to.link().nextId(0),
                Long.toString(to.seq()),
                to.mac(),
                to.id(),
                to.at(),
                to.kid(),
                to.seal());
        return redis.run(TRIM, List.of(STREAM, CHECKPOINT), arguments).map(Response::toLong);
    }

    private static List<SealedEntry> entries(Response reply) {
        List<SealedEntry> entries = new ArrayList<>();
        for (Iterator<Response> all = reply.iterator(); all.hasNext(); ) {
            Response entry = all.next();
            List<String> wire = new ArrayList<>();
            entry.get(1).forEach(value -> wire.add(value.toString()));
            entries.add(SealedEntry.of(entry.get(0).toString(), wire));
        }
        return entries;
    }

    /**
     * What became of a batch.
     *
     * @param end where the trail ends now
     */
    record Appended(Outcome outcome, ChainLink end) {

        static Appended of(Response reply) {
            String seq = reply.get(1).toString();
            ChainLink end = new ChainLink(
                    seq.matches("\\d{1,18}") ? Long.parseLong(seq) : 0,
                    reply.get(2).toString(),
                    reply.get(3).toString());
            return new Appended(Outcome.values()[reply.get(0).toInteger()], end);
        }
    }

    /** In the order of the script's numbers. */
    enum Outcome {
        ENDS_ELSEWHERE,
        APPENDED,
        APPENDED_BEFORE
    }
}
