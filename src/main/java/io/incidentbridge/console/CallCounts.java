package io.incidentbridge.console;

import io.incidentbridge.metrics.BridgeMetrics;
import io.incidentbridge.redis.RedisCommands;
import io.incidentbridge.redis.RedisScript;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Calls per minute of all replicas together. Each adds its own counters' growth to Redis every few seconds, so that no call
 * pays for it; it counts in the minute in which it is sent for the first time, also when that fails: growth is sent again as
 * it was, under its number, which counts once. What grew later, while Redis was away, counts in the minute in which it is
 * sent after that.
 */
@ApplicationScoped
class CallCounts {

    private static final RedisScript ADD = RedisScript.load("console_calls");
    private static final Duration KEPT = Duration.ofHours(3);
    private static final int MINUTES_SHOWN = 30;
    private static final String LOOKUPS = "lookups";
    private static final String NOTED = "noted";
    private static final String TICKETS = "tickets";

    private final RedisCommands redis;
    private final BridgeMetrics metrics;
    private final Clock clock;
    private final String sent = "ib:{console}:calls:sent:" + UUID.randomUUID();
    private volatile Map<String, Long> told = Map.of();
    private volatile Growth underWay;
    private long number;

    CallCounts(RedisCommands redis, BridgeMetrics metrics, Clock clock) {
        this.redis = redis;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * What was answered in a minute.
     *
     * @param tickets wrap-ups that got or will get an incident of their own
     * @param noted   wrap-ups noted against a master incident
     */
    record Minute(Instant start, long lookups, long tickets, long noted) {}

    /** The last half hour, oldest first; minutes without calls included. */
    Uni<List<Minute>> lately() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MINUTES);
        return Uni.combine()
                .all()
                .unis(
                        redis.send(Command.HGETALL, key(now.minus(1, ChronoUnit.HOURS))),
                        redis.send(Command.HGETALL, key(now)))
                .with((before, current) -> {
                    Map<String, Long> counts = counts(before);
                    counts.putAll(counts(current));
                    return IntStream.range(0, MINUTES_SHOWN)
                            .mapToObj(i -> minute(now.minus(MINUTES_SHOWN - 1 - i, ChronoUnit.MINUTES), counts))
                            .toList();
                });
    }

    @Scheduled(every = "5s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> add() {
        if (underWay == null) {
            underWay = growth();
        }
        Growth growth = underWay;
        if (growth == null) {
            return Uni.createFrom().voidItem();
        }
        return redis.run(ADD, List.of(growth.key(), sent), growth.arguments())
                .invoke(added -> {
                    told = growth.seen();
                    underWay = null;
                })
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    /** Since what Redis was told last; null when there is none. */
    private Growth growth() {
        Map<String, Long> seen = seen();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MINUTES);
        List<String> grown = new ArrayList<>();
        seen.forEach((what, count) -> {
            long more = count - told.getOrDefault(what, 0L);
            if (more > 0) {
                grown.addAll(List.of(now.getEpochSecond() + ":" + what, Long.toString(more)));
            }
        });
        if (grown.isEmpty()) {
            return null;
        }
        grown.addAll(0, List.of(Long.toString(KEPT.toMillis()), Long.toString(++number)));
        return new Growth(key(now), grown, seen);
    }

    /** What is sent in one step, the same each time. */
    private record Growth(String key, List<String> arguments, Map<String, Long> seen) {}

    private Map<String, Long> seen() {
        Map<String, Long> wrapUps = metrics.wrapUps();
        long noted = wrapUps.getOrDefault("NOTED", 0L);
        long all = wrapUps.values().stream().mapToLong(Long::longValue).sum();
        return Map.of(LOOKUPS, metrics.lookups(), NOTED, noted, TICKETS, all - noted);
    }

    private static Minute minute(Instant start, Map<String, Long> counts) {
        String prefix = start.getEpochSecond() + ":";
        return new Minute(
                start,
                counts.getOrDefault(prefix + LOOKUPS, 0L),
                counts.getOrDefault(prefix + TICKETS, 0L),
                counts.getOrDefault(prefix + NOTED, 0L));
    }

    private static Map<String, Long> counts(Response reply) {
        Map<String, Long> counts = new HashMap<>();
        reply.getKeys().forEach(field -> counts.put(field, reply.get(field).toLong()));
        return counts;
    }

    private static String key(Instant at) {
        return "ib:{console}:calls:" + at.getEpochSecond() / 3_600;
    }
}
