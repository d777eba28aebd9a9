package io.incidentbridge.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.incidentbridge.journey.DelayProxy;
import io.smallrye.mutiny.Multi;
import io.vertx.mutiny.redis.client.Command;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** One server that hangs, dies, comes back empty or is flushed. */
class RedisAbsenceRedisTest {

    private static final Duration RECOVERY = Duration.ofSeconds(2);
    private static final RedisScript SCRIPT =
            new RedisScript("incr", "return redis.call('INCR', KEYS[1])", "61636018f4e6b5817b89791bbed242f93fa089e3");

    private RedisProcess server;
    private RedisFixture redis;

    @BeforeEach
    void start() {
        RedisProcess.assumeSignals();
        server = RedisProcess.start();
        redis = RedisFixture.standalone(server).connected();
    }

    @AfterEach
    void stop() {
        redis.close();
        server.close();
    }

    @Test
    @DisplayName("a hung server costs one deadline; from then on commands fail at once")
    void shouldPayOneDeadline() {
        server.hang();

        Duration first = took("GET");
        assertThat(first).isBetween(Duration.ofMillis(140), Duration.ofMillis(400));
        for (int i = 0; i < 50; i++) {
            assertThat(took("GET")).isLessThan(Duration.ofMillis(20));
        }
        assertThat(counted("away")).isEqualTo(50);
    }

    @Test
    @DisplayName("200 parallel commands on a hung server take one deadline together")
    void shouldPayOneDeadlineInParallel() {
        server.hang();
        long begin = System.nanoTime();

        List<String> outcomes = inParallel(200);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(600));
        assertThat(outcomes).hasSize(200).allMatch(outcome -> outcome.startsWith("!"));
    }

    @Test
    @DisplayName("a reply that came while this process was paused is found before its deadline is")
    void shouldFindTheReplyThatCameDuringAPause() {
        var reply =
                redis.commands().send(Command.GET, "warm").map(String::valueOf).subscribeAsCompletionStage();

        redis.pause(Duration.ofSeconds(1));

        assertThat(reply.join()).isEqualTo("1");
        assertThat(redis.commands().isAvailable()).isTrue();
    }

    @Test
    @DisplayName("a server that goes on after hanging is in use again within 2 s, with all of the pool")
    void shouldRecoverFromHang() {
        server.hang();
        inParallel(200);
        await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(2)).until(this::isAway);
        server.resume();

        await().atMost(RECOVERY).until(() -> redis.call(Command.GET, "warm").equals("1"));
        assertThat(inParallel(200)).hasSize(200).allMatch("1"::equals);
        await().atMost(RECOVERY).until(() -> clients() <= 49);
    }

    @Test
    @DisplayName("a server slower than the deadline stays away, instead of costing callers a deadline after each probe")
    void shouldStayAwayFromASlowServer() {
        try (DelayProxy proxy = new DelayProxy(server.port());
                RedisFixture slow = RedisFixture.at(proxy.port()).connected()) {
            proxy.delay(Duration.ofMillis(200));
            assertThat(slow.call(Command.GET, "warm")).startsWith("!");

            await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(2)).until(() -> !slow.commands()
                    .isAvailable());

            proxy.delay(Duration.ZERO);
            await().atMost(RECOVERY).until(() -> slow.call(Command.GET, "warm").equals("1"));
        }
    }

    @Test
    @DisplayName("a server killed and restarted empty, its scripts lost, is in use again within 2 s")
    void shouldRecoverFromRestart() {
        assertThat(redis.run(SCRIPT, List.of("n"), List.of())).isEqualTo("1");
        server.kill();
        await().atMost(RECOVERY).until(this::isAway);
        server.restart();

        await().atMost(RECOVERY)
                .until(() -> redis.run(SCRIPT, List.of("n"), List.of()).equals("1"));
    }

    @Test
    @DisplayName("a server that has become a replica counts as away, scripts included, until it takes writes again")
    void shouldRecoverFromDemotion() {
        assertThat(redis.run(SCRIPT, List.of("n"), List.of())).isEqualTo("1");
        server.call("REPLICAOF", "127.0.0.1", "1");

        assertThat(redis.run(SCRIPT, List.of("n"), List.of())).contains("READONLY");
        await().atMost(RECOVERY).until(() -> {
            redis.run(SCRIPT, List.of("n"), List.of());
            return !redis.commands().isAvailable();
        });
        assertThat(counted("not_run")).isPositive();

        server.call("REPLICAOF", "NO", "ONE");
        await().atMost(RECOVERY)
                .until(() -> redis.run(SCRIPT, List.of("n"), List.of()).equals("2"));
    }

    @Test
    @DisplayName("a server that is not there fails within one deadline")
    void shouldFailFastWithoutServer() {
        server.kill();

        for (int i = 0; i < 20; i++) {
            assertThat(took("GET")).isLessThan(Duration.ofMillis(250));
        }
        assertThat(isAway()).isTrue();
    }

    @Test
    @DisplayName("FLUSHALL and SCRIPT FLUSH are not noticed by callers")
    void shouldSurviveFlush() {
        redis.run(SCRIPT, List.of("n"), List.of());
        server.call("FLUSHALL");
        server.call("SCRIPT", "FLUSH");

        assertThat(redis.run(SCRIPT, List.of("n"), List.of())).isEqualTo("1");
    }

    @Test
    @DisplayName("connections cut by the server are replaced without a failed command")
    void shouldSurviveCutConnections() {
        inParallel(50);
        server.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");

        await().atMost(RECOVERY).until(() -> redis.call(Command.GET, "warm").equals("1"));
        assertThat(redis.commands().isAvailable()).isTrue();
    }

    @Test
    @DisplayName("a command whose caller has given up is not sent to a server that comes back")
    void shouldNotSendWhatNobodyWaitsFor() {
        try (RedisFixture unconnected = RedisFixture.standalone(server)) {
            server.hang();
            assertThat(unconnected.call(Command.INCR, "late")).startsWith("!");
            server.resume();

            // Both go by the connection that the first one would have waited for.
            await().atMost(RECOVERY)
                    .until(() -> unconnected.call(Command.GET, "warm").equals("1"));
            assertThat(unconnected.call(Command.EXISTS, "late")).isEqualTo("0");
        }
    }

    @Test
    @DisplayName("a command's own error neither counts against the server nor is sent again")
    void shouldNotCountRefusals() {
        for (int i = 0; i < 10; i++) {
            assertThat(redis.call(Command.LPUSH, "warm", "not a list")).startsWith("!");
        }

        assertThat(redis.commands().isAvailable()).isTrue();
        assertThat(counted("refused")).isEqualTo(10);
    }

    private List<String> inParallel(int count) {
        return Multi.createFrom()
                .range(0, count)
                .onItem()
                .transformToUni(n -> redis.commands()
                        .send(Command.GET, "warm")
                        .map(String::valueOf)
                        .onFailure()
                        .recoverWithItem(failure -> "! " + failure.getMessage()))
                .merge(count)
                .collect()
                .asList()
                .await()
                .atMost(Duration.ofSeconds(10));
    }

    private Duration took(String command) {
        long begin = System.nanoTime();
        assertThat(redis.call(Command.create(command), "warm")).startsWith("!");
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private boolean isAway() {
        redis.call(Command.GET, "warm");
        return !redis.commands().isAvailable();
    }

    private long clients() {
        return server.call("CLIENT", "LIST")
                .lines()
                .filter(line -> line.contains("id="))
                .count();
    }

    private long counted(String outcome) {
        var timer = redis.registry()
                .find("bridge.redis.command")
                .tag("outcome", outcome)
                .timer();
        return timer == null ? 0 : timer.count();
    }
}
