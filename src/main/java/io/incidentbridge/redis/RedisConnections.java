package io.incidentbridge.redis;

import io.incidentbridge.security.MountedSecrets;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The lane in use, and its renewal: a new one is connected first, then takes over, so that a cluster of which one node is
 * gone goes on serving the others meanwhile (docs/adr/0004-redis-connections.md).
 */
@Singleton
class RedisConnections {

    /** A command that is unanswered for this long after its deadline will not be answered. */
    private static final Duration STUCK_AFTER = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final ContextInternal own;
    private final RedisOptions options;
    private final RedisConfig config;
    private final Supplier<Optional<String>> password;
    private RedisLane current = RedisLane.NONE;
    private Future<RedisLane> renewal;
    private RedisConnections blocking;
    private boolean closed;

    /** @param made never used: only a client injected somewhere makes Quarkus build the options */
    @Inject
    RedisConnections(Vertx vertx, Redis made, RedisOptionsCapture capture, RedisConfig config, MountedSecrets secrets) {
        this(
                vertx,
                capture.options(),
                config,
                secrets.secret("bridge.redis.password", Optional.empty(), config.passwordFile())::current);
    }

    RedisConnections(Vertx vertx, RedisOptions options, RedisConfig config) {
        this(vertx, options, config, Optional::empty);
    }

    private RedisConnections(
            Vertx vertx, RedisOptions options, RedisConfig config, Supplier<Optional<String>> password) {
        this.vertx = vertx;
        this.own = ((VertxInternal) vertx).createEventLoopContext();
        this.options = new RedisOptions(options);
        this.config = config;
        this.password = password;
    }

    /** Where commands go now; not connected yet only at start. */
    synchronized Future<RedisLane> lane() {
        return current == RedisLane.NONE ? renew(current) : Future.succeededFuture(current);
    }

    synchronized RedisLane current() {
        return current;
    }

    /** Others to the same server, for commands that block: those would hold up everybody here. */
    synchronized RedisConnections blocking() {
        if (blocking == null) {
            blocking = new RedisConnections(vertx, options, config, password);
        }
        return blocking;
    }

    /** Standalone, Sentinel or cluster, as configured. */
    RedisClientType type() {
        return options.getType();
    }

    /** The event loop of all connections; never a request's context, which would outlive its request here. */
    ContextInternal context() {
        return own;
    }

    /** The lane to use instead of one that failed: a new one, unless another asker has seen to that already. */
    synchronized Future<RedisLane> renew(RedisLane failed) {
        if (failed != current || closed) {
            return Future.succeededFuture(current);
        }
        if (renewal == null) {
            // A hung first address would hold up every new client: those are asked one after the other, without a
            // limit.
            List<String> addresses = new ArrayList<>(options.getEndpoints());
            renewal = connect();
            Collections.rotate(addresses, -1);
            options.setEndpoints(addresses);
        }
        return renewal;
    }

    /** Watches a command whose caller has given up. */
    void watch(Future<?> reply, RedisLane lane) {
        own.setTimer(STUCK_AFTER.toMillis(), later -> {
            if (!reply.isComplete()) {
                renew(lane);
            }
        });
    }

    @PreDestroy
    synchronized void close() {
        closed = true;
        current.close();
        if (blocking != null) {
            blocking.close();
        }
    }

    private Future<RedisLane> connect() {
        Redis[] client = new Redis[1];
        RedisOptions now = new RedisOptions(options);
        password.get().ifPresent(now::setPassword);
        own.dispatch(() -> client[0] = Redis.createClient(own.owner(), now));
        Future<RedisLane> connected = client[0]
                .connect()
                .timeout(config.probeDeadline().toMillis(), TimeUnit.MILLISECONDS)
                .map(connection -> new RedisLane(client[0], connection));
        // Never at once: renew() must have noted the renewal before it ends.
        own.runOnContext(soon -> connected.onComplete(outcome -> settle(client[0], outcome)));
        return connected;
    }

    private synchronized void settle(Redis client, AsyncResult<RedisLane> outcome) {
        renewal = null;
        if (outcome.failed() || closed) {
            client.close();
            return;
        }
        RedisLane old = current;
        current = outcome.result();
        watchEnd(current);
        // What is under way on the old one gets one more deadline.
        own.setTimer(config.deadline().toMillis(), later -> old.close());
    }

    private void watchEnd(RedisLane lane) {
        RedisConnection connection = lane.connection();
        connection.endHandler(ended -> renew(lane));
        connection.exceptionHandler(broken -> renew(lane));
    }
}
