package io.incidentbridge.webhook;

import io.incidentbridge.redis.DurableWrites;
import io.incidentbridge.redis.RedisCommands;
import io.incidentbridge.redis.RedisScript;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.StreamSupport;

/**
 * Accepted deliveries, by source, until they are applied. What is accepted survives the replica that accepted it, and the
 * one that applies it:
 *
 * <pre>
 * (new) -> applying -> gone
 *             |  ^
 *   failed    v  | due again; or its replica has died
 *          waiting -> parked -> (new) by an operator
 * </pre>
 */
@ApplicationScoped
class Inbox {

    private static final RedisScript ACCEPT = RedisScript.load("inbox_accept");
    private static final RedisScript CLAIM = RedisScript.load("inbox_claim");
    private static final RedisScript LATER = RedisScript.load("inbox_later");
    private static final RedisScript DONE = RedisScript.load("inbox_done");
    private static final RedisScript PARK = RedisScript.load("inbox_park");
    private static final RedisScript REPLAY = RedisScript.load("inbox_replay");

    /** What a repeated delivery is recognised by outlives what is too old to be taken. */
    private static final Duration LONGER_THAN_OLDEST = Duration.ofDays(1);

    private static final int MOST_PARKED = 10_000;

    private final RedisCommands redis;
    private final DurableWrites writes;
    private final WebhookConfig config;

    /** Of this replica, and no other one ever. */
    private final String replica = UUID.randomUUID().toString();

    private final AtomicLong requests = new AtomicLong();

    /** The last request that brought something, by source. */
    private final Map<WebhookSource, String> heard = new ConcurrentHashMap<>();

    Inbox(RedisCommands redis, DurableWrites writes, WebhookConfig config) {
        this.redis = redis;
        this.writes = writes;
        this.config = config;
    }

    /** Stores a delivery that is not a repeated one; it is as durable as configured when the answer is there. */
    Uni<Acceptance> accept(WebhookSource source, String name, List<String> identities, String body) {
        List<String> keys = new ArrayList<>(List.of(stream(source)));
        identities.forEach(identity -> keys.add(seen(source, name, identity)));
        List<String> arguments = List.of(
                Integer.toString(config.backlog()),
                millis(config.oldest().plus(LONGER_THAN_OLDEST)),
                name,
                identities.get(0),
                body);
        return writes.run(ACCEPT, keys, arguments, config.durability())
                .map(reply -> Acceptance.valueOf(reply.toString()));
    }

    /**
     * What this replica is to apply now; it has until the claim ends. What an earlier claim was given whose answer was lost
     * is among it, so there is one claim of a source at a time.
     */
    Uni<Batch> claim(WebhookSource source, int most) {
        return Uni.createFrom().deferred(() -> {
            String request = Long.toString(requests.incrementAndGet());
            List<String> arguments = List.of(
                    Integer.toString(most),
                    millis(config.claim()),
                    millis(config.firstPause()),
                    millis(config.longestPause()),
                    request,
                    heard.getOrDefault(source, ""));
            return redis.run(CLAIM, List.of(stream(source), given(source)), arguments)
                    .map(reply -> batch(source, reply))
                    .invoke(batch -> {
                        if (!batch.entries().isEmpty()) {
                            heard.put(source, request);
                        }
                    });
        });
    }

    Uni<Void> done(Entry entry) {
        return redis.run(DONE, List.of(stream(entry.source())), List.of(entry.id()))
                .replaceWithVoid();
    }

    /** It is due again after a pause that grows with its attempts; nothing when it has passed to somebody else. */
    Uni<Void> later(Entry entry) {
        return redis.run(LATER, List.of(stream(entry.source())), List.of(entry.id(), Integer.toString(entry.attempt())))
                .replaceWithVoid();
    }

    /** @param reason for the operator; never a payload or a secret */
    Uni<Void> park(Entry entry, String reason) {
        return redis.run(
                        PARK,
                        List.of(stream(entry.source()), parked(entry.source())),
                        List.of(
                                entry.id(),
                                reason,
                                Integer.toString(entry.attempt()),
                                millis(config.keepParked()),
                                Integer.toString(MOST_PARKED)))
                .replaceWithVoid();
    }

    /** Entries that wait or are being applied, and entries that are parked. */
    Uni<Depth> depth(WebhookSource source) {
        return Uni.combine()
                .all()
                .unis(redis.send(Command.XLEN, stream(source)), redis.send(Command.XLEN, parked(source)))
                .asTuple()
                .map(lengths -> new Depth(
                        lengths.getItem1().toInteger(), lengths.getItem2().toInteger()));
    }

    /** Parked entries, oldest first. */
    Uni<List<Parked>> parked(WebhookSource source, String from, int most) {
        return redis.send(Command.XRANGE, parked(source), from, "+", "COUNT", Integer.toString(most))
                .map(reply -> StreamSupport.stream(reply.spliterator(), false)
                        .map(entry -> Parked.of(entry.get(0).toString(), fields(entry.get(1))))
                        .toList());
    }

    /** @return false when there is no such parked entry */
    Uni<Boolean> replay(WebhookSource source, String id) {
        return redis.run(REPLAY, List.of(stream(source), parked(source)), List.of(id))
                .map(reply -> reply.toInteger() == 1);
    }

    /** @return false when there is no such parked entry */
    Uni<Boolean> discard(WebhookSource source, String id) {
        return redis.send(Command.XDEL, parked(source), id).map(reply -> reply.toInteger() == 1);
    }

    private static Batch batch(WebhookSource source, Response wire) {
        return new Batch(
                wire.get(0).toInteger(),
                StreamSupport.stream(wire.get(1).spliterator(), false)
                        .map(entry -> entry(source, entry))
                        .toList());
    }

    private static Entry entry(WebhookSource source, Response wire) {
        Map<String, String> fields = fields(wire.get(2));
        return new Entry(
                source,
                wire.get(1).toString(),
                wire.get(0).toInteger(),
                fields.get("name"),
                fields.get("event"),
                fields.get("body"));
    }

    private static Map<String, String> fields(Response wire) {
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i + 1 < wire.size(); i += 2) {
            fields.put(wire.get(i).toString(), wire.get(i + 1).toString());
        }
        return fields;
    }

    private static String stream(WebhookSource source) {
        return "ib:{inbox:" + source.path() + "}:stream";
    }

    private String given(WebhookSource source) {
        return "ib:{inbox:" + source.path() + "}:given:" + replica;
    }

    private static String parked(WebhookSource source) {
        return "ib:{inbox:" + source.path() + "}:parked";
    }

    /** Of one sender: the same delivery to two addresses is two. */
    private static String seen(WebhookSource source, String name, String identity) {
        String hash = Hashes.sha256((name + "\n" + identity).getBytes(StandardCharsets.UTF_8));
        return "ib:{inbox:" + source.path() + "}:seen:" + hash.substring(0, 32);
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }

    /** What became of a delivery. */
    enum Acceptance {
        STORED,
        DUPLICATE,
        FULL
    }

    /** @param backlog entries in the stream, these included */
    record Batch(int backlog, List<Entry> entries) {}

    /** How much is there. */
    record Depth(int backlog, int parked) {}

    /**
     * An accepted delivery.
     *
     * @param id      Redis' own: its first part is when it was accepted, in ms since the epoch of Redis' clock
     * @param attempt 1 for the first time
     * @param eventId what it was recognised by
     */
    record Entry(WebhookSource source, String id, int attempt, String name, String eventId, String body) {

        long acceptedMillis() {
            return millisOf(id);
        }
    }

    /** A delivery that could not be applied. */
    record Parked(
            String id,
            String name,
            String eventId,
            String body,
            long acceptedMillis,
            long parkedMillis,
            int attempts,
            String reason) {

        private static Parked of(String id, Map<String, String> fields) {
            return new Parked(
                    id,
                    fields.get("name"),
                    fields.get("event"),
                    fields.get("body"),
                    millisOf(fields.get("accepted")),
                    millisOf(id),
                    Integer.parseInt(fields.get("attempts")),
                    fields.get("reason"));
        }
    }

    private static long millisOf(String id) {
        return Long.parseLong(id.substring(0, id.indexOf('-')));
    }
}
