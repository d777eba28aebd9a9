package io.incidentbridge.outage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.incidentbridge.redis.RedisCommands;
import io.incidentbridge.redis.RedisScript;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Every outage's noted calls, as they came, and how far its master incident tells of them. */
@ApplicationScoped
class Ledger {

    /** How many calls have been handed on to get child incidents. */
    static final String CHILDREN = "children";

    /** How many have been handed on to be told that the master is resolved. */
    static final String TOLD = "told";

    private static final String PREFIX = "ib:{outage}:";
    private static final String WORK = PREFIX + "work";
    private static final RedisScript NOTE = RedisScript.load("outage_note");
    private static final RedisScript BATCH = RedisScript.load("outage_batch");
    private static final RedisScript BATCH_DONE = RedisScript.load("outage_batch_done");

    private final RedisCommands redis;
    private final ObjectMapper json;
    private final OutageConfig config;

    Ledger(RedisCommands redis, ObjectMapper json, OutageConfig config) {
        this.redis = redis;
        this.json = json;
        this.config = config;
    }

    /** Notes a call; a repeat changes nothing. Answers whether it amends what was noted of the call before. */
    Uni<Boolean> note(String outage, String topic, NotedCall call) {
        List<String> keys = List.of(calls(outage), order(outage), record(outage), WORK);
        List<String> arguments = List.of(
                outage,
                topic,
                call.conversationId(),
                write(call),
                millis(config.keep()),
                Integer.toString(call.revision()));
        return redis.run(NOTE, keys, arguments).map(amended -> amended.toInteger() == 1);
    }

    /** What is noted of a call by now; empty when it is no longer kept. */
    Uni<Optional<NotedCall>> call(String outage, String conversation) {
        return redis.send(Command.HGET, calls(outage), conversation)
                .map(entry -> Optional.ofNullable(entry).map(found -> entry(found.toString())));
    }

    /** Outages of which something is left to be written. */
    Uni<List<String>> work() {
        return redis.send(Command.SMEMBERS, WORK).map(Ledger::texts);
    }

    Uni<OutageRecord> read(String outage) {
        return Uni.combine()
                .all()
                .unis(redis.send(Command.HGETALL, record(outage)), redis.send(Command.LLEN, order(outage)))
                .with((record, noted) -> outageRecord(outage, map(record), noted.toLong()));
    }

    /** The incident that the outage's calls are noted against from now on. */
    Uni<Void> master(String outage, Master master) {
        return redis.send(
                        Command.HSET,
                        record(outage),
                        "sysId",
                        master.sysId(),
                        "number",
                        master.number(),
                        "url",
                        master.url())
                .replaceWithVoid();
    }

    Uni<Batch> next(String outage) {
        List<String> arguments = List.of(
                millis(config.notes().every()), Integer.toString(config.notes().conversations()));
        return redis.run(BATCH, List.of(record(outage), order(outage)), arguments)
                .map(reply -> new Batch(
                        Batch.Kind.valueOf(reply.get(0).toString()),
                        reply.get(1).toLong(),
                        reply.get(2).toLong(),
                        reply.get(3).toLong(),
                        texts(reply.get(4))));
    }

    /** @param more whether something else is left to do for the outage after its last batch */
    Uni<Void> done(String outage, Batch batch, boolean more) {
        List<String> arguments = List.of(
                Long.toString(batch.number()),
                Long.toString(batch.total()),
                batch.kind() == Batch.Kind.END ? "1" : "0",
                outage,
                more ? "1" : "0");
        return redis.run(BATCH_DONE, List.of(record(outage), order(outage), WORK), arguments)
                .replaceWithVoid();
    }

    /** Whether a file may be sent; no other one of that name may for so long, unless this one surely did not arrive. */
    Uni<Boolean> trySending(String file) {
        return redis.send(
                        Command.SET,
                        sending(file),
                        "1",
                        "NX",
                        "PX",
                        millis(config.notes().listUnderWay()))
                .map(reply -> reply != null);
    }

    /** A file surely did not arrive. */
    Uni<Void> notSent(String file) {
        return redis.send(Command.DEL, sending(file)).replaceWithVoid();
    }

    /** Nothing is left to do for an outage. */
    Uni<Void> finished(String outage) {
        return redis.send(Command.SREM, WORK, outage).replaceWithVoid();
    }

    /** @param what {@link #CHILDREN} or {@link #TOLD} */
    Uni<Void> progress(String outage, String what, long calls) {
        return redis.send(Command.HSET, record(outage), what, Long.toString(calls))
                .replaceWithVoid();
    }

    /** Notes the incident that a noted call got afterwards. */
    Uni<Void> child(String outage, String conversation, Master child) {
        return redis.send(Command.HSET, children(outage), conversation, child.sysId() + " " + child.number())
                .call(() -> redis.send(Command.PEXPIRE, children(outage), millis(config.keep())))
                .replaceWithVoid();
    }

    /** The key of the incident that a noted call got afterwards; empty for none. */
    Uni<String> child(String outage, String conversation) {
        return redis.send(Command.HGET, children(outage), conversation)
                .map(child -> child == null ? "" : child.toString().split(" ")[0]);
    }

    /** Calls as they came. */
    Uni<List<NotedCall>> calls(String outage, long from, int most) {
        return redis.send(Command.LRANGE, order(outage), Long.toString(from), Long.toString(from + most - 1))
                .flatMap(conversations -> texts(conversations).isEmpty()
                        ? Uni.createFrom().item(List.of())
                        : entries(outage, texts(conversations)));
    }

    private Uni<List<NotedCall>> entries(String outage, List<String> conversations) {
        List<String> arguments = new ArrayList<>(List.of(calls(outage)));
        arguments.addAll(conversations);
        return redis.send(Command.HMGET, arguments.toArray(String[]::new))
                .map(entries -> texts(entries).stream().map(this::entry).toList());
    }

    private NotedCall entry(String entry) {
        try {
            return json.readValue(entry, NotedCall.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private String write(NotedCall call) {
        try {
            return json.writeValueAsString(call);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static OutageRecord outageRecord(String outage, Map<String, String> record, long noted) {
        return new OutageRecord(
                outage,
                record.getOrDefault("topic", ""),
                time(record.get("opened")),
                time(record.get("closed")),
                record.containsKey("sysId")
                        ? new Master(record.get("sysId"), record.get("number"), record.get("url"))
                        : Master.NONE,
                noted,
                Long.parseLong(record.getOrDefault("written", "0")),
                record.containsKey("ended"),
                Long.parseLong(record.getOrDefault(CHILDREN, "0")),
                Long.parseLong(record.getOrDefault(TOLD, "0")));
    }

    private static Instant time(String millis) {
        return millis == null ? null : Instant.ofEpochMilli(Long.parseLong(millis));
    }

    private static Map<String, String> map(Response reply) {
        Map<String, String> map = new HashMap<>();
        reply.getKeys().forEach(key -> map.put(key, reply.get(key).toString()));
        return map;
    }

    private static List<String> texts(Response reply) {
        return StreamSupport.stream(reply.spliterator(), false)
                .map(Object::toString)
                .toList();
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }

    private static String calls(String outage) {
        return PREFIX + "calls:" + outage;
    }

    private static String children(String outage) {
        return PREFIX + "children:" + outage;
    }

    private static String sending(String file) {
        return PREFIX + "sending:" + file;
    }

    private static String order(String outage) {
        return PREFIX + "order:" + outage;
    }

    private static String record(String outage) {
        return PREFIX + "record:" + outage;
    }
}
