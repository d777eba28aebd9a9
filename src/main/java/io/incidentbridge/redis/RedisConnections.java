package io.incidentbridge.redis;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The client of Redis in use, with its pool. A pooled connection comes back only with its reply, so a server that hangs
 * keeps every connection it was asked on; the whole client is then replaced, which closes them all
 * (docs/adr/0004-redis-connections.md).
 */
@Singleton
class RedisConnections {

    /** A connection that owes a reply for this long after the deadline will not bring it. */
    private static final Duration STUCK_AFTER = Duration.ofSeconds(1);

    private final ContextInternal own;
    private final RedisOptions options;
    private final Duration grace;
    private Redis current;

    /** @param made never used for commands: a client injected somewhere is what makes Quarkus build the options */
    @Inject
    RedisConnections(Vertx vertx, Redis made, RedisOptionsCapture capture, RedisConfig config) {
        this(vertx, capture.options(), config);
    }

    RedisConnections(Vertx vertx, RedisOptions options, RedisConfig config) {
        this.own = ((VertxInternal) vertx).createEventLoopContext();
        this.options = new RedisOptions(options);
        this.grace = config.deadline();
        this.current = create();
    }

    synchronized Redis current() {
        return current;
    }

    /** The event loop of all connections; never a request's context, which would outlive its request here. */
    ContextInternal context() {
        return own;
    }

    /** Replaces the client unless another asker has already; what is under way on it gets one more deadline. */
    synchronized Redis replace(Redis stuck) {
        if (stuck == current) {
            // A hung first address would hold up every new client: those are asked one after the other, without a
            // limit.
            List<String> addresses = new ArrayList<>(options.getEndpoints());
            Collections.rotate(addresses, -1);
            options.setEndpoints(addresses);
            current = create();
            own.setTimer(grace.toMillis(), later -> stuck.close());
        }
        return current;
    }

    /** Watches a command whose caller has given up: a connection that never answers would be lost to the pool. */
    void watch(Future<?> reply, Redis client) {
        own.setTimer(STUCK_AFTER.toMillis(), later -> {
            if (!reply.isComplete()) {
                replace(client);
            }
        });
    }

    @PreDestroy
    synchronized void close() {
        current.close();
    }

    private Redis create() {
        Redis[] made = new Redis[1];
        own.dispatch(() -> made[0] = Redis.createClient(own.owner(), new RedisOptions(options)));
        return made[0];
    }
}
