package io.incidentbridge.emergency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.incidentbridge.redis.Durability;
import io.incidentbridge.redis.DurableWrites;
import io.incidentbridge.redis.HeldLease;
import io.incidentbridge.redis.RedisCommands;
import io.incidentbridge.redis.RedisScript;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * Claims and what is known of Genesys, in Redis. All keys share one hash tag: there are few emergencies, and a claim and
 * its group change in one step.
 */
@ApplicationScoped
class EmergencyStore {

    private static final RedisScript RECORD = RedisScript.load("emergency_record");
    private static final RedisScript SNAPSHOT = RedisScript.load("emergency_snapshot");
    private static final RedisScript REPORT = RedisScript.load("emergency_report");
    private static final RedisScript FORCE = RedisScript.load("emergency_force");
    private static final int MOST_RECENT = 500;
    private static final Duration PROPOSAL = Duration.ofMinutes(10);

    private final RedisCommands redis;
    private final DurableWrites writes;
    private final ObjectMapper json;
    private final SnapshotReader reader;
    private final EmergencyConfig config;

    EmergencyStore(RedisCommands redis, DurableWrites writes, ObjectMapper json, EmergencyConfig config) {
        this.redis = redis;
        this.writes = writes;
        this.json = json;
        this.reader = new SnapshotReader(json);
        this.config = config;
    }

    /**
     * What became of an event.
     *
     * @param group   the claim's, which may be another one than the event's
     * @param before  null when the claim was not known
     * @param state   null when there is nothing to extend or end
     * @param changed whether open claims have changed
     */
    record Recorded(String group, ClaimState before, ClaimState state, long revision, boolean changed) {}

    /**
     * Merges an event into its claim; a claim stays with the group that it first had. It is as durable as configured when
     * the answer is there; what failed may have been done, and is repeated without harm.
     */
    Uni<Recorded> record(ClaimEvent event) {
        List<String> keys = List.of(
                claimKey(event.id()),
                key(event.group(), "open"),
                stateKey(event.group()),
                key(event.group(), "recent"));
        List<String> arguments = List.of(
                event.kind().name(),
                Long.toString(event.at().toEpochMilli()),
                millis(event.ttl()),
                millis(config.keep()),
                Integer.toString(MOST_RECENT),
                event.id(),
                event.group(),
                event.source(),
                event.type(),
                Integer.toString(event.severity()),
                String.join(",", event.queueIds()),
                event.actor(),
                event.title());
        return writes.run(RECORD, keys, arguments, durability(event.kind()))
                .flatMap(reply -> switch (reply.get(0).toString()) {
                    case "ELSEWHERE" -> record(event.of(reply.get(1).toString()));
                    case "UNKNOWN" -> Uni.createFrom().item(new Recorded(event.group(), null, null, 0, false));
                    default -> Uni.createFrom().item(recorded(event.group(), reply));
                });
    }

    /** A claim runs out again whenever that was lost, and switching must not wait for a replica of Redis that is away. */
    private Durability durability(ClaimEvent.Kind kind) {
        return kind == ClaimEvent.Kind.EXPIRE ? Durability.MEMORY : config.durability();
    }

    private static Recorded recorded(String group, Response reply) {
        String before = reply.get(1).toString();
        return new Recorded(
                group,
                before.isEmpty() ? null : ClaimState.valueOf(before),
                ClaimState.valueOf(reply.get(2).toString()),
                reply.get(3).toLong(),
                reply.get(4).toString().equals("1"));
    }

    /** The claim of an incident, open or not; null when nothing is known of it. */
    Uni<Claim> claim(String id) {
        return redis.send(Command.HGETALL, claimKey(id)).map(reply -> {
            Map<String, String> fields = SnapshotReader.fields(reply);
            return fields.isEmpty() ? null : Claim.of(fields);
        });
    }

    /** Claims of a group by their last change, newest first, ended ones included. */
    Uni<List<Claim>> recent(String group, int most) {
        return redis.send(Command.ZREVRANGE, key(group, "recent"), "0", Integer.toString(most - 1))
                .map(ids -> StreamSupport.stream(ids.spliterator(), false)
                        .map(id -> claim(id.toString()))
                        .toList())
                .flatMap(claims -> claims.isEmpty()
                        ? Uni.createFrom().item(List.<Claim>of())
                        : Uni.join().all(claims).andFailFast())
                .map(found -> found.stream().filter(claim -> claim != null).toList());
    }

    Uni<Snapshot> snapshot(String group) {
        return redis.run(SNAPSHOT, List.of(stateKey(group), key(group, "open")), List.of())
                .map(reader::read);
    }

    /**
     * Stores what a pass has found.
     *
     * @param next until the next pass is due
     * @param read marks of what was sent and is read as wanted now, by target; one that was set meanwhile stays
     * @return the current revision; null when the lease was lost and nothing is stored
     */
    Uni<Long> report(
            String group, HeldLease held, Duration next, Map<String, String> read, Map<String, String> fields) {
        List<String> arguments = new ArrayList<>(List.of(held.fence(), millis(next), Integer.toString(read.size())));
        read.forEach((target, mark) -> arguments.addAll(List.of(SnapshotReader.SENT + target, mark)));
        fields.forEach((name, value) -> arguments.addAll(List.of(name, value)));
        return redis.run(REPORT, List.of(leaseKey(group), stateKey(group)), arguments)
                .map(reply -> reply.toString().isEmpty() ? null : reply.toLong());
    }

    /**
     * Remembers that something is sent to a target, or was sent late, until a pass that knows of it reads the target as
     * wanted: what is found there meanwhile may be the bridge's own work.
     *
     * @param mark tells this sending from others
     */
    Uni<Void> sending(String group, String target, String mark) {
        return redis.send(Command.HSET, stateKey(group), SnapshotReader.SENT + target, mark)
                .replaceWithVoid();
    }

    /** The audit trail has what the report told; only the holder of the lease may say so. */
    Uni<Void> audited(String group) {
        return redis.send(Command.HDEL, stateKey(group), "unaudited").replaceWithVoid();
    }

    /** What became of an operator's override. */
    enum ForceOutcome {
        DONE,
        UNKNOWN,
        SAME_PERSON
    }

    Uni<ForceOutcome> force(String group, Forced override, String actor) {
        return force(group, "SET", write(override), "", actor, "");
    }

    Uni<ForceOutcome> propose(String group, Forced override, String proposal, String actor) {
        return force(group, "PROPOSE", write(override), proposal, actor, "");
    }

    Uni<ForceOutcome> confirm(String group, String proposal, String actor) {
        return force(group, "CONFIRM", "", proposal, actor, "");
    }

    Uni<ForceOutcome> clear(String group, String actor) {
        return force(group, "CLEAR", "", "", actor, "");
    }

    /**
     * Ends an override whose time is over.
     *
     * @param revision at which it was seen; UNKNOWN when something has changed since, which may be the override
     */
    Uni<ForceOutcome> end(String group, long revision, String actor) {
        return force(group, "END", "", "", actor, Long.toString(revision));
    }

    private Uni<ForceOutcome> force(
            String group, String how, String override, String proposal, String actor, String revision) {
        List<String> arguments = List.of(how, override, proposal, actor, millis(PROPOSAL), revision);
        return redis.run(FORCE, List.of(stateKey(group)), arguments)
                .map(reply -> ForceOutcome.valueOf(reply.get(0).toString()));
    }

    /** Live observations of the queues; the last one wins. */
    Uni<Void> queues(String group, Snapshot.Queues queues) {
        return redis.send(Command.HSET, stateKey(group), "queues", write(queues))
                .replaceWithVoid();
    }

    /** Whether this replica is the one that does it, for this while; the right ends by itself. */
    Uni<Boolean> trySlot(String group, String work, Duration length) {
        return redis.send(Command.SET, key(group, "slot:" + work), "1", "NX", "PX", millis(length))
                .map(reply -> reply != null);
    }

    String leaseKey(String group) {
        return key(group, "lease");
    }

    String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }

    private static String claimKey(String id) {
        return "ib:{emr}:claim:" + id;
    }

    private static String stateKey(String group) {
        return key(group, "state");
    }

    /** Claims and groups cannot meet: a group's name has no colon. */
    private static String key(String group, String what) {
        return "ib:{emr}:" + group + ":" + what;
    }
}
