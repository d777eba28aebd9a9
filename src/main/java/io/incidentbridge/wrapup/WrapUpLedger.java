package io.incidentbridge.wrapup;

import io.incidentbridge.outbox.Outbox;
import io.incidentbridge.outbox.Shard;
import io.incidentbridge.redis.RedisCommands;
import io.incidentbridge.wrapup.Standing.Decision;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;

/** What was accepted when, and what has become of it, as far back as records are kept. */
@ApplicationScoped
class WrapUpLedger {

    private final Outbox outbox;
    private final RedisCommands redis;

    WrapUpLedger(Outbox outbox, RedisCommands redis) {
        this.outbox = outbox;
        this.redis = redis;
    }

    /**
     * One conversation's wrap-up.
     *
     * @param own       whether the ticket was created for the conversation
     * @param workState of its newest work; empty when that has been forgotten, as only what is done or discarded ever is
     * @param linked    DONE, GONE (the conversation had ended) or empty
     */
    record Entry(
            String conversation,
            Instant accepted,
            Decision decision,
            int revision,
            int written,
            String sysId,
            boolean own,
            String linked,
            String workState) {

        boolean isWritten() {
            return decision == Decision.TICKET && written > 0;
        }

        boolean hasOwnTicket() {
            return isWritten() && own;
        }

        boolean isFailed() {
            return decision == Decision.TICKET
                    && written < revision
                    && (workState.isEmpty() || workState.equals("DEAD") || workState.equals("DISCARDED"));
        }

        boolean isWaiting() {
            return decision == Decision.TICKET && written < revision && !isFailed();
        }
    }

    /** The oldest first. */
    Uni<List<Entry>> accepted(Instant from, Instant to, int most) {
        return Uni.join()
                .all(outbox.shards().stream()
                        .map(shard -> accepted(shard, from, to, most))
                        .toList())
                .andFailFast()
                .map(shards -> shards.stream()
                        .flatMap(List::stream)
                        .sorted(Comparator.comparing(Entry::accepted))
                        .limit(most)
                        .toList());
    }

    private Uni<List<Entry>> accepted(Shard shard, Instant from, Instant to, int most) {
        return redis.send(
                        Command.ZRANGEBYSCORE,
                        shard.prefix() + "wrapups",
                        Long.toString(from.toEpochMilli()),
                        "(" + to.toEpochMilli(),
                        "LIMIT",
                        "0",
                        Integer.toString(most))
                .flatMap(hashes -> {
                    List<Uni<Entry>> reads = StreamSupport.stream(hashes.spliterator(), false)
                            .map(hash -> entry(shard, hash.toString()))
                            .toList();
                    return reads.isEmpty()
                            ? Uni.createFrom().item(List.<Entry>of())
                            : Uni.join().all(reads).andFailFast();
                })
                .map(entries -> entries.stream()
                        .filter(entry -> !entry.conversation().isEmpty())
                        .toList());
    }

    private Uni<Entry> entry(Shard shard, String hash) {
        return redis.send(
                        Command.HMGET,
                        shard.prefix() + "wrapup:" + hash,
                        "conversation",
                        "accepted",
                        "decision",
                        "revision",
                        "written",
                        "sysId",
                        "own",
                        "linked")
                .flatMap(record -> workState(shard, record).map(state -> entry(record, state)));
    }

    private Uni<String> workState(Shard shard, Response record) {
        String conversation = text(record, 0);
        String id = outbox.idOf(shard, WrapUpWork.KIND, conversation) + "." + text(record, 3);
        return redis.send(Command.HGET, outbox.keyOf(id), "state").map(state -> state == null ? "" : state.toString());
    }

    private static Entry entry(Response record, String workState) {
        return new Entry(
                text(record, 0),
                Instant.ofEpochMilli(number(record, 1)),
                text(record, 2).isEmpty() ? Decision.TICKET : Decision.valueOf(text(record, 2)),
                (int) number(record, 3),
                (int) number(record, 4),
                text(record, 5),
                text(record, 6).equals("1"),
                text(record, 7),
                workState);
    }

    private static String text(Response record, int index) {
        return record.get(index) == null ? "" : record.get(index).toString();
    }

    private static long number(Response record, int index) {
        return text(record, index).isEmpty() ? 0 : Long.parseLong(text(record, index));
    }
}
