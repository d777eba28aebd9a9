package io.incidentbridge.outbox;

import io.incidentbridge.redis.RedisCommands;
import io.incidentbridge.redis.RedisScript;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** The outbox as a worker sees it: claims, their ends, and how much waits. */
@ApplicationScoped
class OutboxQueue {

    private static final RedisScript CLAIM = RedisScript.load("outbox_claim");
    private static final RedisScript SETTLE = RedisScript.load("outbox_settle");
    private static final RedisScript DEPTH = RedisScript.load("outbox_depth");

    private final RedisCommands redis;
    private final OutboxConfig config;

    OutboxQueue(RedisCommands redis, OutboxConfig config) {
        this.redis = redis;
        this.config = config;
    }

    /** @param most how many of each kind, longest due first */
    Uni<List<OutboxItem>> claim(Shard shard, Map<String, Integer> most) {
        String token = UUID.randomUUID().toString();
        List<String> keys = new ArrayList<>();
        List<String> arguments = new ArrayList<>(List.of(shard.prefix(), token, millis(config.claim())));
        new TreeMap<>(most).forEach((kind, number) -> {
            keys.add(shard.due(kind));
            arguments.add(Integer.toString(number));
        });
        return redis.run(CLAIM, keys, arguments)
                .map(reply ->
                        list(reply).stream().map(fields -> item(fields, token)).toList());
    }

    /** How the end of a claim was noted. */
    enum Settled {
        OK,
        /** And another item of its order is due now. */
        NEXT,
        /** Another worker has it by now. */
        LOST
    }

    /** @param after for RETRY and WAIT */
    Uni<Settled> settle(OutboxItem item, OutboxOutcome outcome, Duration after) {
        Shard shard = Shard.of(item.id());
        List<String> arguments = List.of(
                shard.prefix(),
                item.token(),
                outcome.verb().name(),
                millis(after),
                outcome.reason(),
                outcome.answer(),
                outcome.result(),
                millis(config.keepDone()));
        return redis.run(SETTLE, List.of(shard.item(item.id())), arguments)
                .map(reply -> Settled.valueOf(reply.toString()));
    }

    /**
     * What waits on a shard, of one kind.
     *
     * @param pending not done yet
     * @param oldest  how long the oldest of them has been waiting
     * @param dead    dead letters
     * @param due     to be claimed by now
     */
    record Depth(long pending, Duration oldest, long dead, long due) {

        static final Depth NONE = new Depth(0, Duration.ZERO, 0, 0);

        Depth plus(Depth other) {
            return new Depth(
                    pending + other.pending,
                    oldest.compareTo(other.oldest) > 0 ? oldest : other.oldest,
                    dead + other.dead,
                    due + other.due);
        }
    }

    /** In the order of the kinds. */
    Uni<List<Depth>> depth(Shard shard, List<String> kinds) {
        List<String> keys = new ArrayList<>();
        kinds.forEach(kind -> keys.addAll(List.of(shard.pending(kind), shard.dead(kind), shard.due(kind))));
        return redis.run(DEPTH, keys, List.of()).map(reply -> list(reply).stream()
                .map(of -> new Depth(
                        of.get(0).toLong(),
                        Duration.ofMillis(of.get(1).toLong()),
                        of.get(2).toLong(),
                        of.get(3).toLong()))
                .toList());
    }

    private static OutboxItem item(Response fields, String token) {
        long since = Math.max(fields.get(4).toLong(), fields.get(5).toLong());
        return new OutboxItem(
                fields.get(0).toString(),
                fields.get(1).toString(),
                fields.get(2).toString(),
                fields.get(3).toString(),
                Instant.ofEpochMilli(since),
                fields.get(6).toInteger(),
                fields.get(7).toInteger(),
                fields.get(8).toInteger(),
                token);
    }

    static List<Response> list(Response reply) {
        return StreamSupport.stream(reply.spliterator(), false).toList();
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
