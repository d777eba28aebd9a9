package io.incidentbridge.ratelimit;

import io.incidentbridge.metrics.TestMetrics;
import io.incidentbridge.redis.RedisScript;
import io.incidentbridge.redis.TestRedis;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/**
 * Replicas, each with its own line to one real Redis and a clock that started at another moment, and a vendor that counts.
 * Time is the test's, in Redis too.
 */
final class World {

    private static final String TIME = "ib:{budget:servicenow}:test-time";
    private static final String NOW = "redis.call('GET', '" + TIME + "')";

    private final List<BudgetConfig> configs;
    /** Null for one that is dead. */
    private final List<UpstreamBudget> replicas = new ArrayList<>();

    private final List<TestRedis.Line> lines = new ArrayList<>();
    private final Vendor vendor = new Vendor();
    private final TestRedis.Line admin;
    private long time = 1_700_000_000_000L;

    /** Replicas that are configured alike, as many as they are told. */
    World(TestRedis redis, TestRedis.Line admin, BudgetConfig config) {
        this(redis, admin, Collections.nCopies(config.replicas(), config));
    }

    /** @param configs one for each replica */
    World(TestRedis redis, TestRedis.Line admin, List<BudgetConfig> configs) {
        this.admin = admin;
        this.configs = configs;
        emptyRedis();
        for (int i = 0; i < configs.size(); i++) {
            lines.add(redis.line(Duration.ofSeconds(5)));
            replicas.add(null);
            start(i);
        }
        pass(100);
    }

    /** Dies without a farewell; what it has admitted is on its way. */
    void kill(int replica) {
        replicas.set(replica, null);
    }

    /** A new process in the place of a dead one, knowing nothing. */
    void start(int replica) {
        if (replicas.get(replica) == null) {
            replicas.set(
                    replica,
                    new UpstreamBudget(
                            configs.get(replica),
                            lines.get(replica),
                            BudgetStore.Scripts.load(World::timed),
                            TestMetrics.create(),
                            clock(replica * 12_345L)));
        }
    }

    Vendor vendor() {
        return vendor;
    }

    int replicas() {
        return replicas.size();
    }

    void line(int replica, TestRedis.Line.State state) {
        lines.get(replica).is(state);
    }

    void lines(TestRedis.Line.State state) {
        lines.forEach(line -> line.is(state));
    }

    /** Time goes by with heartbeats, as it does. */
    void pass(long ms) {
        for (long left = ms; left > 0; left -= 50) {
            stall(Math.min(50, left));
            for (int i = 0; i < replicas.size(); i++) {
                beat(i);
            }
        }
    }

    /** Time goes by without heartbeats. */
    void stall(long ms) {
        time += ms;
        tell();
    }

    void beat(int replica) {
        if (replicas.get(replica) != null) {
            replicas.get(replica).heartbeats().forEach(heard -> heard.await().indefinitely());
        }
    }

    void emptyRedis() {
        admin.send(Command.FLUSHALL).await().indefinitely();
        tell();
    }

    /** Asks so many times without waiting; what is admitted arrives after the delay. Answers how many were admitted. */
    int take(int replica, Lane lane, int count, long delay) {
        int before = vendor.total();
        for (int i = 0; i < count && replicas.get(replica) != null; i++) {
            replicas.get(replica)
                    .take(TestBudgets.VENDOR, "", new BudgetRequest(lane, 0))
                    .onItem()
                    .invoke(() -> vendor.arrived(time + delay))
                    .onFailure(BudgetSpentException.class)
                    .recoverWithNull()
                    .await()
                    .indefinitely();
        }
        return vendor.total() - before;
    }

    /** The vendor answered a request of the replica: 429, with a Retry-After or null for none. */
    void refused(int replica, Duration retryAfter) {
        replicas.get(replica).onAnswer(TestBudgets.VENDOR, 429, retryAfter);
    }

    /** The vendor answered a request of the replica: it did what was asked. */
    void served(int replica) {
        replicas.get(replica).onAnswer(TestBudgets.VENDOR, 200, null);
    }

    private void tell() {
        admin.send(Command.SET, TIME, Long.toString(time)).await().indefinitely();
    }

    private SharedBudget.Surroundings clock(long offset) {
        return new SharedBudget.Surroundings() {
            @Override
            public long now() {
                return time - offset;
            }

            @Override
            public double random() {
                return 0.5;
            }

            @Override
            public Uni<Void> pause(Duration length) {
                throw new AssertionError("nobody waits here");
            }
        };
    }

    private static RedisScript timed(RedisScript script) {
        String source = script.source()
                .replace("redis.call('TIME')", "{ math.floor(" + NOW + " / 1000), (" + NOW + " % 1000) * 1000 }");
        try {
            byte[] sha1 = MessageDigest.getInstance("SHA-1").digest(source.getBytes(StandardCharsets.UTF_8));
            return new RedisScript(script.name(), source, HexFormat.of().formatHex(sha1));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
