package io.incidentbridge.wrapup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.incidentbridge.redis.RedisProcess;
import io.incidentbridge.testing.BridgeProcess;
import io.incidentbridge.testing.SandboxResource;
import io.incidentbridge.testing.Vendors;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Redis is killed and started again while wrap-ups come in; it keeps what it has answered (fsync). */
@Tag("processes")
class WrapUpRedisLossIT {

    private static final int CALLS = 150;
    private static final Duration BETWEEN = Duration.ofMillis(40);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final SandboxResource SANDBOX = new SandboxResource();
    private static final Map<String, String> PROPERTIES = new HashMap<>();
    private static Vendors vendors;
    private static RedisProcess redis;

    @TempDir
    Path spool;

    @BeforeAll
    static void start() {
        PROPERTIES.putAll(SANDBOX.start());
        redis = RedisProcess.start("--appendonly", "yes", "--appendfsync", "always");
        PROPERTIES.put("quarkus.redis.hosts", redis.uri());
        PROPERTIES.put("bridge.outbox.durability", "fsync");
        PROPERTIES.put("bridge.redis.confirmation", "2s");
        PROPERTIES.put("bridge.outbox.claim", "6s");
        PROPERTIES.put("bridge.outbox.handler-deadline", "5s");
        PROPERTIES.put("bridge.outbox.longest-backoff", "1s");
        // A killed replica keeps its share of the budget until it is taken for dead: all of it, where it is the only
        // one.
        PROPERTIES.put("bridge.budget.absence", "5s");
        vendors = SANDBOX.vendors();
    }

    @AfterAll
    static void stop() {
        redis.close();
        SANDBOX.stop();
    }

    @Test
    void shouldKeepWhatItHasAcknowledged() throws Exception {
        try (BridgeProcess bridge = BridgeProcess.start(PROPERTIES)) {
            Map<JsonObject, Integer> statuses = sendWhileRedisDies(bridge);

            assertThat(statuses.values()).contains(200).allMatch(status -> status == 200 || status == 503);
            expectTickets(statuses);
        }
    }

    @Test
    void shouldTakeEveryWrapUpWithASpool() throws Exception {
        Map<String, String> spooling = new HashMap<>(PROPERTIES);
        spooling.put("bridge.wrapup.spool", spool.toString());
        BridgeProcess bridge = BridgeProcess.start(spooling);
        try {
            Map<JsonObject, Integer> statuses = sendWhileRedisDies(bridge);
            assertThat(statuses.values()).containsOnly(200);
            // What it has not handed over yet, its next life does.
            bridge.kill();
            bridge = BridgeProcess.start(spooling);

            expectTickets(statuses);
            await().atMost(PATIENCE)
                    .until(() -> spool.toFile().list((folder, name) -> name.endsWith(".spool")).length == 0);
        } finally {
            bridge.close();
        }
    }

    private static Map<JsonObject, Integer> sendWhileRedisDies(BridgeProcess bridge) throws Exception {
        vendors.reset();
        String caller = WrapUps.callerOf(vendors);
        List<JsonObject> calls = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            calls.add(WrapUps.call(vendors, caller).put("waitMs", 0));
        }
        ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            String body = calls.get(i).encode();
            answers.add(CompletableFuture.supplyAsync(
                            () -> bridge.post("/v1/wrapups", body),
                            CompletableFuture.delayedExecutor(i * BETWEEN.toMillis(), TimeUnit.MILLISECONDS, clock))
                    .thenCompose(answer -> answer));
        }
        answers.get(CALLS / 5).join();
        redis.kill();
        answers.get(2 * CALLS / 5).join();
        redis.restart();
        answers.get(3 * CALLS / 5).join();
        redis.kill();
        answers.get(4 * CALLS / 5).join();
        redis.restart();
        Map<JsonObject, Integer> statuses = new HashMap<>();
        for (int i = 0; i < CALLS; i++) {
            statuses.put(calls.get(i), answers.get(i).join().statusCode());
        }
        clock.shutdown();
        return statuses;
    }

    /** One for each that was acknowledged; for the others one or none, as they were told nothing. */
    private static void expectTickets(Map<JsonObject, Integer> statuses) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> statuses.forEach((call, status) -> {
                    if (status == 200) {
                        assertThat(WrapUps.incidents(vendors, call)).hasSize(1);
                    }
                }));
        statuses.keySet()
                .forEach(call -> assertThat(WrapUps.incidents(vendors, call)).hasSizeLessThanOrEqualTo(1));
    }
}
