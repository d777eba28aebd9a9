package io.incidentbridge.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.redis.RedisProcess;
import io.incidentbridge.testing.Answer;
import io.incidentbridge.testing.Load;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Redis is killed, hung, slow or restarted empty while callers are looked up on two replicas of the packaged application:
 * every call is answered in time and with a screen pop, the vendor refuses nothing, and soon after Redis' return callers are
 * found anew and shared by the replicas again.
 */
@Tag("processes")
class RedisFaultsIT {

    /** Measured in bench/; here with room for a starved machine. */
    private static final Duration RECOVERY = Duration.ofSeconds(10);

    private static final Duration WITH_REDIS = Duration.ofSeconds(2);
    private static final Duration WITHOUT = Duration.ofSeconds(3);

    private static RedisProcess redis;
    private static DelayProxy proxy;
    private static LoadedReplicas replicas;

    @BeforeAll
    static void start() {
        RedisProcess.assumeSignals();
        redis = RedisProcess.start("--appendonly", "yes", "--appendfsync", "always");
        proxy = new DelayProxy(redis.port());
        replicas = new LoadedReplicas(Map.of("quarkus.redis.hosts", "redis://127.0.0.1:" + proxy.port()));
        replicas.untilNormal();
    }

    @AfterAll
    static void stop() {
        if (replicas != null) {
            replicas.close();
        }
        if (proxy != null) {
            proxy.close();
        }
        if (redis != null) {
            redis.close();
        }
    }

    @Test
    void shouldServeWhileRedisIsKilledAndComesBackWithItsData() {
        survive(redis::kill, redis::restart);
    }

    @Test
    void shouldServeWhileRedisIsRestartedEmpty() {
        survive(
                () -> {
                    redis.kill();
                    forget();
                },
                redis::restart);
    }

    @Test
    void shouldServeWhileRedisIsSlow() {
        survive(() -> proxy.delay(Duration.ofMillis(200)), () -> proxy.delay(Duration.ZERO));
    }

    @Test
    void shouldServeWhileRedisHangs() {
        List<Answer> answers = survive(redis::hang, redis::resume);

        // Redis now also does what it was asked for before it was given up: nobody waits for claims made so.
        List<String> numbers = answers.stream()
                .filter(answer -> answer.took().compareTo(Duration.ofMillis(140)) > 0)
                .map(Answer::ani)
                .distinct()
                .toList();
        assertThat(replicas.unavailable(numbers)).isEmpty();
    }

    @Test
    void shouldKeepTheBudgetUnderTwiceTheLoadWhenRedisDiesAndComesBackEmpty() {
        List<Answer> answers;
        try (Load load = replicas.offer(160)) {
            Load.goOnFor(Duration.ofSeconds(6));
            redis.kill();
            forget();
            Load.goOnFor(Duration.ofSeconds(5));
            redis.restart();
            Load.goOnFor(Duration.ofSeconds(5));
            answers = load.end();
        }

        replicas.assertServed(answers);
    }

    private static List<Answer> survive(Runnable begin, Runnable end) {
        List<Answer> answers;
        List<Answer> during;
        Duration recovery;
        try (Load load = replicas.offer()) {
            Load.goOnFor(WITH_REDIS);
            begin.run();
            int before = load.answers().size();
            Load.goOnFor(WITHOUT);
            during = load.answers();
            during.subList(0, before).clear();
            end.run();
            recovery = replicas.untilNormal();
            answers = load.end();
        }
        LoadedReplicas.assertAnswered(during);
        replicas.assertServed(answers);
        assertThat(recovery).isLessThan(RECOVERY);
        return answers;
    }

    /** The killed server's data. */
    private static void forget() {
        try (Stream<Path> files = Files.walk(redis.folder())) {
            files.filter(file -> file.toString().contains("appendonly")
                            || file.toString().endsWith(".rdb"))
                    .sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
