package io.incidentbridge.outage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.incidentbridge.outage.OutageState.Mode;
import io.incidentbridge.redis.RedisCommands;
import io.incidentbridge.redis.RedisScript;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/**
 * States, counts and history of all topics in Redis. One hash tag for all of them: the service desk's own state decides
 * with the topic's, and a call costs a few commands only.
 */
@ApplicationScoped
class OutageStore {

    static final int SLICES = 12;

    private static final String PREFIX = "ib:{outage}:";
    private static final String TOPICS = PREFIX + "topics";
    private static final String HISTORY = PREFIX + "history";
    private static final RedisScript COUNT = RedisScript.load("outage_count");
    private static final RedisScript LOOK = RedisScript.load("outage_look");
    private static final RedisScript CHANGE = RedisScript.load("outage_change");
    /** One number is enough (GCRA): the limit of clients' requests, for a topic. */
    private static final RedisScript ADMIT = RedisScript.load("inbound_limit");

    private final RedisCommands redis;
    private final ObjectMapper json;
    private final OutageConfig config;
    private final String replica = UUID.randomUUID().toString();

    OutageStore(RedisCommands redis, ObjectMapper json, OutageConfig config) {
        this.redis = redis;
        this.json = json;
        this.config = config;
    }

    /** Adds to a topic's count; whether it has reached the number at which it may open, while it is closed. */
    Uni<Boolean> count(String topic, long calls, long threshold) {
        List<String> arguments = List.of(
                topic,
                Long.toString(calls),
                sliceMillis(),
                Integer.toString(SLICES),
                millis(config.baseline()),
                Integer.toString(config.mostTopics()));
        return redis.run(COUNT, List.of(TOPICS, slices(topic), state(topic)), arguments)
                .map(reply -> reply.get(0).toString().equals(Mode.CLOSED.name())
                        && reply.get(1).toLong() >= threshold);
    }

    /** How all topics stand; also reports how this replica fares. */
    Uni<Look> look(boolean breakerDown) {
        List<String> arguments = List.of(
                replica,
                breakerDown ? "1" : "0",
                sliceMillis(),
                Integer.toString(SLICES),
                millis(config.baseline()),
                millis(config.silence()));
        return redis.run(LOOK, List.of(TOPICS, PREFIX + "replicas"), arguments).map(this::look);
    }

    /** One topic as it is now. */
    Uni<OutageState> read(String topic) {
        return redis.send(Command.HGET, state(topic), "json")
                .map(reply -> reply == null ? OutageState.closed(topic) : read(reply.toString(), OutageState.class));
    }

    /** Whether a half-open topic may have one more ticket now. */
    Uni<Boolean> admit(String topic) {
        OutageConfig.Trickle trickle = config.trickle();
        long interval = trickle.period().toNanos() / 1000 / trickle.calls();
        List<String> arguments = List.of(Long.toString(interval), Integer.toString(trickle.calls()));
        return redis.run(ADMIT, List.of(PREFIX + "trickle:" + topic), arguments)
                .map(reply -> reply.get(0).toInteger() == 1);
    }

    /**
     * Stores a state on top of the revision it was made from.
     *
     * @param before     null when nothing is known of it
     * @param transition for the history; null for none
     * @return false when another one was there first
     */
    Uni<Boolean> change(OutageState before, OutageState next, Transition transition) {
        List<String> arguments = List.of(
                Long.toString(next.revision()),
                next.mode().name(),
                Long.toString(next.since().toEpochMilli()),
                write(next.revised()),
                next.topic(),
                next.lasts() ? "0" : millis(config.keep()),
                transition == null ? "" : write(transition),
                Integer.toString(config.history()),
                next.outageId(),
                before == null ? "" : before.outageId(),
                millis(config.keep()));
        return redis.run(CHANGE, List.of(state(next.topic()), TOPICS, HISTORY), arguments)
                .map(reply -> reply.toInteger() == 1);
    }

    /** Transitions, newest first. */
    Uni<List<Transition>> history() {
        return redis.send(Command.LRANGE, HISTORY, "0", "-1")
                .map(reply -> StreamSupport.stream(reply.spliterator(), false)
                        .map(entry -> read(entry.toString(), Transition.class))
                        .toList());
    }

    private Look look(Response reply) {
        Instant now = Instant.ofEpochMilli(reply.get(0).toLong());
        int replicas = reply.get(1).toInteger();
        int down = reply.get(2).toInteger();
        List<Sight> sights = new ArrayList<>();
        for (int i = 3; i < reply.size(); i++) {
            sights.add(sight(reply.get(i)));
        }
        return new Look(now, replicas, down, sights);
    }

    private Sight sight(Response seen) {
        String topic = seen.get(0).toString();
        String stored = seen.get(1).toString();
        OutageState state = stored.isEmpty() ? OutageState.closed(topic) : read(stored, OutageState.class);
        return new Sight(
                state, seen.get(2).toLong(), Double.parseDouble(seen.get(3).toString()));
    }

    private <T> T read(String value, Class<T> type) {
        try {
            return json.readValue(value, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private String sliceMillis() {
        return Long.toString(Math.max(1, config.window().toMillis() / SLICES));
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }

    private static String state(String topic) {
        return PREFIX + "state:" + topic;
    }

    private static String slices(String topic) {
        return PREFIX + "slices:" + topic;
    }

    /**
     * All topics at one moment.
     *
     * @param now Redis' clock, the one by which states are timed
     */
    record Look(Instant now, int replicas, int replicasDown, List<Sight> sights) {}

    /** One topic. */
    record Sight(OutageState state, long count, double baseline) {}
}
