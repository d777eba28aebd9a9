package io.incidentbridge.redis;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.RedisOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import redis.embedded.RedisServer;

/** A real Redis on a free port, which can be killed and started again, and a bridge's way to it without Quarkus. */
public final class TestRedis implements AutoCloseable {

    private final int port = freePort();
    private final Vertx vertx = Vertx.vertx();
    private RedisServer server;

    public TestRedis() {
        start();
    }

    /** Starts it empty. */
    public void start() {
        try {
            server = RedisServer.newRedisServer()
                    .port(port)
                    .setting("save \"\"")
                    .setting("appendonly no")
                    .build();
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void stop() {
        try {
            server.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** Another replica's commands: connections of their own. */
    public RedisCommands commands(Duration deadline) {
        return new RedisCommands(client(), () -> deadline);
    }

    private Redis client() {
        RedisOptions options =
                new RedisOptions().setConnectionString(url()).setMaxPoolSize(16).setMaxPoolWaiting(2000);
        return Redis.createClient(vertx, options);
    }

    /** Another replica's commands, which can be cut off. */
    public Line line(Duration deadline) {
        return new Line(client(), () -> deadline);
    }

    @Override
    public void close() {
        stop();
        vertx.closeAndAwait();
    }

    /** A way to Redis that can lose commands before, or replies after they were done. */
    public static final class Line extends RedisCommands {

        private volatile State state = State.UP;

        private Line(Redis redis, RedisConfig config) {
            super(redis, config);
        }

        public void is(State now) {
            state = now;
        }

        @Override
        public Uni<Response> run(RedisScript script, List<String> keys, List<String> arguments) {
            RuntimeException cut = new RedisUnavailableException(script.name(), new IOException("cut"));
            return switch (state) {
                case UP -> super.run(script, keys, arguments);
                case DOWN -> Uni.createFrom().failure(cut);
                case LOSING_REPLIES ->
                    super.run(script, keys, arguments).onItem().transformToUni(done -> Uni.createFrom()
                            .failure(cut));
            };
        }

        /** Of the line. */
        public enum State {
            UP,
            DOWN,
            LOSING_REPLIES
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
