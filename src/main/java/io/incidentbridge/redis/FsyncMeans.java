package io.incidentbridge.redis;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import java.time.Duration;

/** How the server lets a client know that a write is on its disk; asked again now and then, as a failover may change it. */
final class FsyncMeans {

    private static final Duration KNOWN_FOR = Duration.ofMinutes(1);
    private static final int[] WAITAOF_SINCE = {7, 2};

    private final RedisCommands redis;
    private volatile Known known = new Known(Means.NONE, System.nanoTime() - KNOWN_FOR.toNanos());

    FsyncMeans(RedisCommands redis) {
        this.redis = redis;
    }

    enum Means {
        WAITAOF,
        ALWAYS,
        NONE
    }

    Uni<Means> means() {
        return System.nanoTime() - known.since() < KNOWN_FOR.toNanos()
                ? Uni.createFrom().item(known.means())
                : ask().invoke(means -> known = new Known(means, System.nanoTime()));
    }

    private Uni<Means> ask() {
        return redis.send(Command.INFO)
                .map(info -> RedisFacts.of(info.toString(), Duration.ZERO))
                .flatMap(facts -> {
                    if (!facts.is("aof_enabled", "1")) {
                        return Uni.createFrom().item(Means.NONE);
                    }
                    return isSince(facts.get("redis_version"))
                            ? Uni.createFrom().item(Means.WAITAOF)
                            : redis.send(Command.CONFIG, "GET", "appendfsync")
                                    .map(reply -> reply.toString().contains("always") ? Means.ALWAYS : Means.NONE);
                });
    }

    private static boolean isSince(String version) {
        String[] parts = version.split("\\.");
        int major = Integer.parseInt(parts[0]);
        return major > WAITAOF_SINCE[0] || major == WAITAOF_SINCE[0] && Integer.parseInt(parts[1]) >= WAITAOF_SINCE[1];
    }

    private record Known(Means means, long since) {}
}
