package io.incidentbridge.redis;

import static org.awaitility.Awaitility.await;

import io.incidentbridge.metrics.MetricsFixture;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** The bridge's own Redis commands outside of Quarkus, for tests of other packages. */
public final class RedisFixture implements AutoCloseable {

    /** Far beyond any deadline: a test that waits this long has found a hang. */
    private static final Duration HANG = Duration.ofSeconds(10);

    private final Vertx vertx = Vertx.vertx();
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final RedisConnections connections;
    private final RedisConfig config;
    private final RedisCommands commands;

    private RedisFixture(RedisOptions options, Map<String, String> properties) {
        this.config = config(properties);
        // As in application.properties.
        options.setMaxPoolSize(48).setMaxPoolWaiting(2000);
        options.getNetClientOptions().setConnectTimeout(1000);
        this.connections = new RedisConnections(vertx, options, config);
        this.commands = new RedisCommands(connections, config, MetricsFixture.in(registry));
    }

    public static RedisFixture standalone(RedisProcess server) {
        return standalone(server, Map.of());
    }

    public static RedisFixture standalone(RedisProcess server, Map<String, String> properties) {
        return new RedisFixture(new RedisOptions().setConnectionString(server.uri()), properties);
    }

    /** @param port on this machine, for example a proxy's */
    static RedisFixture at(int port) {
        return new RedisFixture(new RedisOptions().setConnectionString("redis://127.0.0.1:" + port), Map.of());
    }

    public static RedisFixture sentinel(List<String> sentinels, String master) {
        RedisOptions options = new RedisOptions()
                .setType(RedisClientType.SENTINEL)
                .setEndpoints(sentinels)
                .setMasterName(master);
        return new RedisFixture(options, Map.of());
    }

    public static RedisFixture cluster(List<String> nodes) {
        return new RedisFixture(
                new RedisOptions().setType(RedisClientType.CLUSTER).setEndpoints(nodes), Map.of());
    }

    static RedisConfig config(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 100, new DurationConverter())
                .withMapping(RedisConfig.class)
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build()
                .getConfigMapping(RedisConfig.class);
    }

    RedisPreflight preflight() {
        return new RedisPreflight(commands, connections, config, Clock.systemUTC());
    }

    public RedisCommands commands() {
        return commands;
    }

    public Lease lease() {
        return new Lease(commands);
    }

    public MeterRegistry registry() {
        return registry;
    }

    /** Holds up the thread that replies come in on, as a pause of the process does. */
    void pause(Duration length) {
        connections.context().runOnContext(now -> LockSupport.parkNanos(length.toNanos()));
    }

    /** Waits until commands are answered: the first ones of a cold JVM may take longer than their deadline. */
    public RedisFixture connected() {
        await().atMost(HANG).until(() -> call(Command.SET, "warm", "1").equals("OK"));
        return this;
    }

    /** The reply as text, or how it failed. */
    public String call(Command command, String... arguments) {
        return outcome(commands.send(command, arguments).map(reply -> reply == null ? null : reply.toString()));
    }

    public String run(RedisScript script, List<String> keys, List<String> arguments) {
        return outcome(commands.run(script, keys, arguments).map(String::valueOf));
    }

    public static String outcome(Uni<String> work) {
        return work.onFailure(RedisUnavailableException.class)
                .recoverWithItem(failure -> "! " + failure.getMessage())
                .await()
                .atMost(HANG);
    }

    @Override
    public void close() {
        connections.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
