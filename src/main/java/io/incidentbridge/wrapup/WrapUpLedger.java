package io.incidentbridge.wrapup;

import io.incidentbridge.outbox.Outbox;
import io.incidentbridge.outbox.ScoredMember;
import io.incidentbridge.outbox.Shard;
import io.incidentbridge.redis.RedisCommands;
import io.incidentbridge.wrapup.Standing.Decision;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What was accepted when, and what has become of it, as far back as records are kept. */
@ApplicationScoped
class WrapUpLedger {

    /** Records read at once. */
    private static final int PORTION = 50;

    private static final int ALL = -1;

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

    /**
     * Conversations, the oldest first.
     *
     * @param next where the next page begins; empty for the last one
     */
    record Page(List<Entry> entries, Optional<Cursor> next) {}

    /** @param to not included */
    Uni<Page> accepted(Cursor from, Instant to, int most) {
        // Shard by shard and portion by portion: thousands of commands at once would hold up others' beyond their
        // deadline.
        return Multi.createFrom()
                .iterable(outbox.shards())
                .onItem()
                .transformToUniAndConcatenate(shard -> places(shard, from, to, most + 1))
                .collect()
                .in(ArrayList<Place>::new, (first, more) -> keepFirst(first, more, most + 1))
                .flatMap(first -> page(first, most));
    }

    /** Where a record is, and when its conversation was accepted. */
    private record Place(Shard shard, String hash, long at) {

        private static final Comparator<Place> ORDER =
                Comparator.comparingLong(Place::at).thenComparing(Place::hash);
    }

    private static void keepFirst(List<Place> first, List<Place> more, int most) {
        first.addAll(more);
        first.sort(Place.ORDER);
        first.subList(Math.min(most, first.size()), first.size()).clear();
    }

    private Uni<List<Place>> places(Shard shard, Cursor from, Instant to, int most) {
        String at = Long.toString(from.at().toEpochMilli());
        String end = "(" + to.toEpochMilli();
        if (from.behind().isEmpty() || !from.at().isBefore(to)) {
            return places(shard, at, end, most);
        }
        // Redis accepts a few dozen in a millisecond, so all of those are read.
        return places(shard, at, at, ALL)
                .flatMap(same -> places(shard, "(" + at, end, most).map(later -> Stream.concat(
                                same.stream().filter(place -> place.hash().compareTo(from.behind()) > 0),
                                later.stream())
                        .toList()));
    }

    private Uni<List<Place>> places(Shard shard, String start, String end, int most) {
        return redis.send(
                        Command.ZRANGEBYSCORE,
                        shard.prefix() + "wrapups",
                        start,
                        end,
                        "WITHSCORES",
                        "LIMIT",
                        "0",
                        Integer.toString(most))
                .map(reply -> ScoredMember.of(reply).stream()
                        .map(found -> new Place(shard, found.member(), found.at()))
                        .toList());
    }

    private Uni<Page> page(List<Place> found, int most) {
        List<Place> places = found.subList(0, Math.min(most, found.size()));
        Optional<Cursor> next = found.size() > most ? Optional.of(cursor(places.get(most - 1))) : Optional.empty();
        return Multi.createFrom()
                .iterable(places)
                .group()
                .intoLists()
                .of(PORTION)
                .onItem()
                .transformToUniAndConcatenate(portion -> Uni.join()
                        .all(portion.stream().map(this::entry).toList())
                        .andFailFast())
                .onItem()
                .<Entry>disjoint()
                .select()
                .where(entry -> !entry.conversation().isEmpty())
                .collect()
                .asList()
                .map(entries -> new Page(entries, next));
    }

    private static Cursor cursor(Place last) {
        return new Cursor(Instant.ofEpochMilli(last.at()), last.hash());
    }

    private Uni<Entry> entry(Place place) {
        Shard shard = place.shard();
        return redis.send(
                        Command.HMGET,
                        shard.prefix() + "wrapup:" + place.hash(),
                        "conversation",
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
        String id = outbox.idOf(shard, WrapUpWork.KIND, conversation) + "." + text(record, 2);
        return redis.send(Command.HGET, outbox.keyOf(id), "state").map(state -> state == null ? "" : state.toString());
    }

    private static Entry entry(Response record, String workState) {
        return new Entry(
                text(record, 0),
                text(record, 1).isEmpty() ? Decision.TICKET : Decision.valueOf(text(record, 1)),
                number(record, 2),
                number(record, 3),
                text(record, 4),
                text(record, 5).equals("1"),
                text(record, 6),
                workState);
    }

    private static String text(Response record, int index) {
        return record.get(index) == null ? "" : record.get(index).toString();
    }

    private static int number(Response record, int index) {
        return text(record, index).isEmpty() ? 0 : Integer.parseInt(text(record, index));
    }
}
