package io.incidentbridge.redis;

import io.incidentbridge.metrics.BridgeMetrics;
import io.incidentbridge.metrics.MetricsFixture;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.RedisOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A Redis that can be killed and started again, with the commands of as many replicas as a test needs. */
public final class TestRedis implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final BridgeMetrics metrics = MetricsFixture.in(new SimpleMeterRegistry());
    private final List<RedisConnections> connections = new ArrayList<>();
    private final RedisProcess server = RedisProcess.start();

    /** Starts it again, empty. */
    public void start() {
        server.restart();
    }

    public void stop() {
        server.kill();
    }

    public String url() {
        return server.uri();
    }

    /** Another replica's commands: connections of their own. */
    public RedisCommands commands(Duration deadline) {
        RedisConfig config = config(deadline);
        return new RedisCommands(connect(config), config, metrics);
    }

    /** Another replica's commands, which can be cut off. */
    public Line line(Duration deadline) {
        RedisConfig config = config(deadline);
        return new Line(connect(config), config, metrics);
    }

    private RedisConnections connect(RedisConfig config) {
        RedisConnections connected = new RedisConnections(vertx, new RedisOptions().setConnectionString(url()), config);
        connections.add(connected);
        return connected;
    }

    private static RedisConfig config(Duration deadline) {
        return RedisFixture.config(Map.of("bridge.redis.deadline", deadline.toMillis() + "ms"));
    }

    @Override
    public void close() {
        connections.forEach(RedisConnections::close);
        vertx.close().toCompletionStage().toCompletableFuture().join();
        server.close();
    }

    /** A way to Redis that can lose commands before, or replies after they were done. */
    public static final class Line extends RedisCommands {

        /** How long. */
        public static final Duration LATENESS = Duration.ofMillis(300);

        private final AtomicInteger cuts = new AtomicInteger();
        private volatile State state = State.UP;
        private volatile boolean late;

        private Line(RedisConnections connections, RedisConfig config, BridgeMetrics metrics) {
            super(connections, config, metrics);
        }

        public void is(State now) {
            state = now;
        }

        /** Whether the process stands still for a while before it finds a reply. */
        public void late(boolean now) {
            late = now;
        }

        /** Scripts that have failed so, each attempt counted. */
        public int cuts() {
            return cuts.get();
        }

        @Override
        public Uni<Response> run(RedisScript script, List<String> keys, List<String> arguments) {
            Uni<Response> whole = super.run(script, keys, arguments);
            Uni<Response> cut = Uni.createFrom().failure(() -> {
                cuts.incrementAndGet();
                return new RedisUnavailableException(script.name(), new IOException("cut"));
            });
            return Uni.createFrom().deferred(() -> switch (state) {
                case UP -> late ? whole.onItem().delayIt().by(LATENESS) : whole;
                case DOWN -> cut;
                case LOSING_REPLIES -> whole.onItem().transformToUni(done -> cut);
            });
        }

        /** Of the line. */
        public enum State {
            UP,
            DOWN,
            LOSING_REPLIES
        }
    }
}
