package io.incidentbridge.wrapup;

import static io.incidentbridge.wrapup.WrapUps.attributes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.incidentbridge.testing.BridgeProcess;
import io.incidentbridge.testing.SandboxResource;
import io.incidentbridge.testing.Vendors;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A thousand wrap-ups on two replicas of the packaged application, while everything breaks that can: every call has one
 * ticket in the end, linked both ways.
 */
class WrapUpReplicasIT {

    private static final int CALLS = 700;
    private static final int REPEATS = 300;
    private static final Duration BETWEEN = Duration.ofMillis(40);
    private static final Duration KILL_EVERY = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private static final SandboxResource SANDBOX = new SandboxResource();
    private static final Map<String, String> PROPERTIES = new HashMap<>();
    private static final AtomicReferenceArray<BridgeProcess> REPLICAS = new AtomicReferenceArray<>(2);
    private static final AtomicInteger KILLED = new AtomicInteger();
    private static Vendors vendors;

    @BeforeAll
    static void startReplicas() {
        PROPERTIES.putAll(SANDBOX.start());
        // So that what a killed replica had in hand is taken over while the test is still watching.
        PROPERTIES.put("bridge.outbox.claim", "6s");
        PROPERTIES.put("bridge.outbox.handler-deadline", "5s");
        PROPERTIES.put("bridge.outbox.backoff", "100ms");
        PROPERTIES.put("bridge.outbox.longest-backoff", "1s");
        PROPERTIES.put("bridge.inbound.mode", "off");
        vendors = SANDBOX.vendors();
        for (int i = 0; i < REPLICAS.length(); i++) {
            REPLICAS.set(i, BridgeProcess.start(PROPERTIES));
        }
    }

    @AfterAll
    static void stopReplicas() {
        for (int i = 0; i < REPLICAS.length(); i++) {
            REPLICAS.get(i).close();
        }
        SANDBOX.stop();
    }

    @Test
    void shouldLeaveOneLinkedTicketPerCallWhateverBreaks() throws Exception {
        vendors.reset();
        String caller = WrapUps.callerOf(vendors);
        List<JsonObject> calls = IntStream.range(0, CALLS)
                .mapToObj(number -> call(number, caller))
                .toList();
        List<JsonObject> sent = new ArrayList<>(calls);
        sent.addAll(calls.subList(0, REPEATS));
        Collections.shuffle(sent, new Random(4));
        vendors.fail(
                "servicenow",
                "{\"latencyMs\":20,\"failureRate\":0.1,\"failureStatus\":503,\"lostReplyRate\":0.05,"
                        + "\"rateLimit\":100000}");
        vendors.fail("genesys", "{\"lostReplyRate\":0.05,\"failureRate\":0.05,\"rateLimit\":100000}");

        ScheduledExecutorService killer = Executors.newSingleThreadScheduledExecutor();
        killer.scheduleAtFixedRate(
                WrapUpReplicasIT::killTheNext, KILL_EVERY.toSeconds(), KILL_EVERY.toSeconds(), TimeUnit.SECONDS);
        sendUntilTaken(sent);
        killer.shutdown();
        assertThat(killer.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(KILLED).as("kills while wrap-ups came in").hasValueGreaterThanOrEqualTo(2);
        vendors.fail("servicenow", "{\"rateLimit\":100000}");
        vendors.fail("genesys", "{\"rateLimit\":100000}");
        List<JsonObject> unlinked = new ArrayList<>(calls);
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> {
            unlinked.removeIf(call -> attributes(vendors, call).containsKey("ServiceNow.IncidentNumber"));
            return unlinked.isEmpty();
        });

        Map<String, List<JsonObject>> incidents = incidents();
        assertThat(incidents.keySet())
                .containsAll(calls.stream()
                        .map(call -> call.getString("conversationId"))
                        .toList());
        calls.forEach(call -> {
            List<JsonObject> found = incidents.get(call.getString("conversationId"));
            assertThat(found).as("tickets of one call").hasSize(1);
            assertThat(found.get(0).getString("caller_id")).isEqualTo(call.getString("sysId"));
            assertThat(found.get(0).getString("description")).contains(call.getString("transcriptSummary"));
        });
    }

    /** As Data Actions come: evenly, and whatever was not answered with 200 is sent again. */
    private static void sendUntilTaken(List<JsonObject> wrapUps) throws InterruptedException {
        CountDownLatch left = new CountDownLatch(wrapUps.size());
        AtomicInteger next = new AtomicInteger();
        ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
        Runnable one = () -> {
            int turn = next.getAndIncrement();
            if (turn < wrapUps.size()) {
                send(wrapUps.get(turn), turn, clock, left);
            }
        };
        clock.scheduleAtFixedRate(one, 0, BETWEEN.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(left.await(3 * PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("all are taken")
                .isTrue();
        clock.shutdownNow();
    }

    private static void send(JsonObject wrapUp, int turn, ScheduledExecutorService clock, CountDownLatch left) {
        REPLICAS.get(turn % REPLICAS.length())
                .post("/v1/wrapups", wrapUp.encode())
                .handle((answer, failure) -> failure == null && answer.statusCode() == 200)
                .thenAccept(taken -> {
                    if (taken) {
                        left.countDown();
                    } else {
                        clock.schedule(() -> send(wrapUp, turn + 1, clock, left), 200, TimeUnit.MILLISECONDS);
                    }
                });
    }

    private static void killTheNext() {
        try {
            int unlucky = KILLED.getAndIncrement() % REPLICAS.length();
            REPLICAS.get(unlucky).kill();
            REPLICAS.set(unlucky, BridgeProcess.start(PROPERTIES));
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private static Map<String, List<JsonObject>> incidents() {
        return vendors.records("incident", "correlation_idISNOTEMPTY").stream()
                .map(JsonObject.class::cast)
                .collect(Collectors.groupingBy(incident -> incident.getString("correlation_id")));
    }

    private static JsonObject call(int number, String caller) {
        return WrapUps.call(vendors, caller)
                .put("wrapUpCode", "topic-" + number % 50)
                .put("customerName", "Caller " + number)
                .put("transcriptSummary", "What caller " + number + " said.")
                .put("waitMs", 200);
    }
}
