package io.incidentbridge.outbox;

import io.incidentbridge.redis.RedisCommands;
import io.incidentbridge.redis.RedisScript;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The outbox as operators see it: what waits, what died, and what they decide about it. */
@ApplicationScoped
class OutboxArchive {

    private static final RedisScript REPLAY = RedisScript.load("outbox_replay", Outbox.LIBRARY);
    private static final RedisScript EDIT = RedisScript.load("outbox_edit");
    private static final Pattern ID = Pattern.compile("\\d{1,3}-[0-9a-f]{32}(\\.\\d{1,6})?");

    /** Everything but the body, which may be long and personal. */
    private static final String[] LISTED = {
        "id", "kind", "state", "reason", "answer", "attempts", "lost", "replays", "created", "ended"
    };

    private final Outbox outbox;
    private final RedisCommands redis;
    private final OutboxConfig config;

    OutboxArchive(Outbox outbox, RedisCommands redis, OutboxConfig config) {
        this.outbox = outbox;
        this.redis = redis;
        this.config = config;
    }

    /** What to list. */
    enum Part {
        /** Not done yet, by creation. */
        PENDING,
        /** Dead letters, by death. */
        DEAD
    }

    /** Of the kinds and the time span, the newest first. */
    Uni<List<StoredItem>> list(Part part, List<String> kinds, Instant from, Instant to, int most) {
        List<Uni<List<ScoredMember>>> lookups = new ArrayList<>();
        for (Shard shard : outbox.shards()) {
            kinds.forEach(kind -> lookups.add(ids(part, shard, kind, from, to, most)));
        }
        if (lookups.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return Uni.join()
                .all(lookups)
                .andFailFast()
                .flatMap(found -> read(found.stream()
                        .flatMap(List::stream)
                        .sorted(Comparator.comparingLong(ScoredMember::at).reversed())
                        .limit(most)
                        .map(ScoredMember::member)
                        .toList()));
    }

    /** One item with everything; empty for an id that is none. */
    Uni<Optional<StoredItem>> find(String id) {
        if (!ID.matcher(id).matches()) {
            return Uni.createFrom().item(Optional.empty());
        }
        return redis.send(Command.HGETALL, outbox.keyOf(id)).map(reply -> {
            Map<String, String> fields = new HashMap<>();
            reply.getKeys().forEach(name -> fields.put(name, reply.get(name).toString()));
            return fields.containsKey("state") ? Optional.of(new StoredItem(fields)) : Optional.empty();
        });
    }

    /** @return the state it had: replayed when that was DEAD; empty when there is no such item */
    Uni<String> replay(String id) {
        Shard shard = Shard.of(id);
        return redis.run(REPLAY, List.of(shard.item(id)), List.of(shard.prefix(), id))
                .map(Response::toString)
                .invoke(() -> outbox.noticeAdded(shard));
    }

    /** @return as {@link #replay}, or CHANGED when the body is no longer {@code before} */
    Uni<String> edit(String id, String before, String after) {
        return change(id, "EDIT", after, before);
    }

    /** @return as {@link #replay} */
    Uni<String> discard(String id, String reason) {
        return change(id, "DISCARD", reason, "");
    }

    private Uni<String> change(String id, String what, String text, String before) {
        Shard shard = Shard.of(id);
        String kept = Long.toString(config.keepDone().toMillis());
        return redis.run(EDIT, List.of(shard.item(id)), List.of(shard.prefix(), id, what, text, before, kept))
                .map(Response::toString);
    }

    private Uni<List<ScoredMember>> ids(Part part, Shard shard, String kind, Instant from, Instant to, int most) {
        return redis.send(
                        Command.ZREVRANGEBYSCORE,
                        part == Part.DEAD ? shard.dead(kind) : shard.pending(kind),
                        Long.toString(to.toEpochMilli()),
                        Long.toString(from.toEpochMilli()),
                        "WITHSCORES",
                        "LIMIT",
                        "0",
                        Integer.toString(most))
                .map(ScoredMember::of);
    }

    private Uni<List<StoredItem>> read(List<String> ids) {
        if (ids.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return Uni.join()
                .all(ids.stream().map(this::listed).toList())
                .andFailFast()
                .map(items -> items.stream()
                        .filter(item -> !item.get("state").isEmpty())
                        .toList());
    }

    private Uni<StoredItem> listed(String id) {
        List<String> arguments = new ArrayList<>(List.of(outbox.keyOf(id)));
        arguments.addAll(List.of(LISTED));
        return redis.send(Command.HMGET, arguments.toArray(String[]::new)).map(reply -> {
            Map<String, String> fields = new HashMap<>();
            for (int i = 0; i < LISTED.length; i++) {
                fields.put(LISTED[i], reply.get(i) == null ? "" : reply.get(i).toString());
            }
            return new StoredItem(fields);
        });
    }
}
