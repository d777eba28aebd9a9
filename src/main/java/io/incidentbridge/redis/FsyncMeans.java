package io.incidentbridge.redis;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Response;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** How the server lets a client know that a write is on its disk; asked again now and then, as a failover may change it. */
final class FsyncMeans {

    private static final Duration KNOWN_FOR = Duration.ofMinutes(1);

    /**
     * Before, and in Valkey (which calls itself Redis 7.2), WAITAOF may answer before the disk has it when it is synced once
     * a second: https://github.com/redis/redis/pull/13793
     */
    private static final int TRUTHFUL_SINCE = 8;

    /** A server that syncs once a second confirms most writes later than a client that waits for less. */
    private static final Duration SHORTEST_CONFIRMATION = Duration.ofMillis(1500);

    private final RedisCommands redis;
    private final Duration confirmation;
    private volatile Known known = new Known(Means.NONE, System.nanoTime() - KNOWN_FOR.toNanos());

    /** @param confirmation longest wait for WAITAOF */
    FsyncMeans(RedisCommands redis, Duration confirmation) {
        this.redis = redis;
        this.confirmation = confirmation;
    }

    enum Means {
        /** Ask it to wait for the disk. */
        WAITAOF,
        /** It answers no write before the disk has it. */
        ALWAYS,
        NONE
    }

    Uni<Means> means() {
        return System.nanoTime() - known.since() < KNOWN_FOR.toNanos()
                ? Uni.createFrom().item(known.means())
                : ask().invoke(means -> known = new Known(means, System.nanoTime()));
    }

    /** @param settings its CONFIG, as far as it is about fsync; empty where the server does not allow that */
    static Means decide(RedisFacts facts, Map<String, String> settings, Duration confirmation) {
        if (!facts.is("aof_enabled", "1")) {
            return Means.NONE;
        }
        String policy = settings.getOrDefault("appendfsync", "");
        boolean paused = settings.getOrDefault("no-appendfsync-on-rewrite", "").equals("yes");
        if (policy.equals("always") && !paused) {
            return Means.ALWAYS;
        }
        boolean inTime = !policy.equals("no") && confirmation.compareTo(SHORTEST_CONFIRMATION) >= 0;
        return inTime && major(facts.get("redis_version")) >= TRUTHFUL_SINCE ? Means.WAITAOF : Means.NONE;
    }

    private Uni<Means> ask() {
        return redis.send(Command.INFO)
                .map(info -> RedisFacts.of(info.toString(), Duration.ZERO))
                .flatMap(facts -> settings().map(settings -> decide(facts, settings, confirmation)));
    }

    private Uni<Map<String, String>> settings() {
        return redis.send(Command.CONFIG, "GET", "*appendfsync*")
                .map(FsyncMeans::settings)
                .onFailure(failure ->
                        failure.getCause() != null && RedisFailure.of(failure.getCause()) == RedisFailure.REFUSED)
                .recoverWithItem(Map.of());
    }

    private static Map<String, String> settings(Response reply) {
        Map<String, String> settings = new HashMap<>();
        if (reply.getDelegate().isMap()) {
            reply.getKeys().forEach(name -> settings.put(name, reply.get(name).toString()));
            return settings;
        }
        for (int i = 0; i + 1 < reply.size(); i += 2) {
            settings.put(reply.get(i).toString(), reply.get(i + 1).toString());
        }
        return settings;
    }

    private static int major(String version) {
        String first = version.split("\\.", 2)[0];
        return first.matches("\\d{1,5}") ? Integer.parseInt(first) : 0;
    }

    private record Known(Means means, long since) {}
}
