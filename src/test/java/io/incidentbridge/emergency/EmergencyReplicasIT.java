package io.incidentbridge.emergency;

import static io.incidentbridge.emergency.EmergencyRequests.QUEUES;
import static io.incidentbridge.emergency.EmergencyRequests.audited;
import static io.incidentbridge.emergency.EmergencyRequests.awaitGenesys;
import static io.incidentbridge.emergency.EmergencyRequests.changes;
import static io.incidentbridge.emergency.EmergencyRequests.genesys;
import static io.incidentbridge.emergency.EmergencyRequests.newId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.incidentbridge.redis.RedisProcess;
import io.incidentbridge.testing.BridgeProcess;
import io.incidentbridge.testing.SandboxResource;
import io.incidentbridge.testing.Vendors;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Several replicas of the packaged application, of which some freeze, die or lose their Redis during an emergency. Redis
 * comes last: after its restart the budgets keep a share for replicas that are gone.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("processes")
class EmergencyReplicasIT {

    private static final SandboxResource SANDBOX = new SandboxResource();
    private static final Map<String, String> PROPERTIES = new HashMap<>();
    /** Two leases, and room for a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int REPLICAS = 4;
    private static final int INCIDENTS = 25;

    private static final List<BridgeProcess> replicas = new ArrayList<>();
    private static RedisProcess redis;
    private static Vendors vendors;

    @BeforeAll
    static void start() {
        RedisProcess.assumeSignals();
        redis = RedisProcess.start("--appendonly", "yes", "--appendfsync", "always");
        PROPERTIES.putAll(SANDBOX.start());
        PROPERTIES.put("quarkus.redis.hosts", redis.uri());
        PROPERTIES.put("bridge.emergency.tick", "5s");
        // Four replicas on a busy machine: a late answer must not pass for an absent Redis here.
        PROPERTIES.put("bridge.redis.deadline", "5s");
        // Replicas that were killed keep their shares of the budget for so long (docs/adr/0003).
        PROPERTIES.put("bridge.budget.absence", "5s");
        vendors = SANDBOX.vendors();
        replicas.addAll(BridgeProcess.start(REPLICAS, PROPERTIES));
    }

    @AfterAll
    static void stop() {
        replicas.forEach(BridgeProcess::close);
        // Surefire runs a failed test again in the same JVM, which then starts replicas of its own.
        replicas.clear();
        SANDBOX.stop();
        if (redis != null) {
            redis.close();
        }
    }

    @BeforeEach
    void healthyVendors() {
        vendors.heal();
    }

    @Test
    @Order(1)
    void shouldComeToOneStateWhateverTheOrderWhileTheWriterIsFrozen() {
        vendors.fail("genesys", "{\"latencyMs\":1000}");
        BridgeProcess frozen = replicas.get(0);
        String held = newId();
        accepted(tell(frozen, held, "EMERGENCY_ACTIVE", 0, QUEUES));
        await().atMost(PATIENCE).until(() -> redis.call("EXISTS", "ib:{emr}:default:lease"), ":1\r\n"::equals);
        frozen.freeze();
        try {
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < INCIDENTS; i++) {
                ids.add(newId());
            }
            List<CompletableFuture<HttpResponse<String>>> storm = storm(ids, replicas.subList(1, REPLICAS));
            storm.forEach(EmergencyReplicasIT::accepted);
            vendors.heal();
            awaitQueues(held, ids);
        } finally {
            frozen.thaw();
        }

        // The frozen one goes on where it was; whatever it still sends is set right.
        await().atMost(PATIENCE).until(() -> queuesOf(frozen), EmergencyReplicasIT::isExpected);
        await().during(Duration.ofSeconds(6))
                .atMost(PATIENCE)
                .until(() -> queues(genesys(vendors)), EmergencyReplicasIT::isExpected);
        boolean staleWrite = audited(redis, held).contains("emergency.stale-write");
        if (!staleWrite) {
            assertThat(mostAtOnce()).isEqualTo(1);
        }
    }

    private static List<String> expected = List.of();

    private static boolean isExpected(List<String> queues) {
        return queues.size() == expected.size() && queues.containsAll(expected);
    }

    /**
     * 100 events about 25 incidents: activated, told again, and for all but the first two resolved twice, all at once, in
     * any order, at any replica. The activation's time is before the resolution's.
     */
    private static List<CompletableFuture<HttpResponse<String>>> storm(List<String> ids, List<BridgeProcess> to) {
        List<Runnable> events = new ArrayList<>();
        List<CompletableFuture<HttpResponse<String>>> sent = Collections.synchronizedList(new ArrayList<>());
        Random random = new Random(7);
        for (int i = 0; i < ids.size(); i++) {
            String id = ids.get(i);
            List<String> queue = List.of("queue-" + i);
            for (int repeat = 0; repeat < 2; repeat++) {
                events.add(() -> sent.add(tell(any(to, random), id, "EMERGENCY_ACTIVE", 0, queue)));
                String end = i < 2 ? "EMERGENCY_ACTIVE" : "EMERGENCY_RESOLVED";
                int second = i < 2 ? 0 : 5;
                events.add(() -> sent.add(tell(any(to, random), id, end, second, queue)));
            }
        }
        Collections.shuffle(events, random);
        events.forEach(Runnable::run);
        return sent;
    }

    private static BridgeProcess any(List<BridgeProcess> replicas, Random random) {
        return replicas.get(random.nextInt(replicas.size()));
    }

    private static void awaitQueues(String held, List<String> ids) {
        expected = new ArrayList<>(QUEUES);
        expected.addAll(List.of("queue-0", "queue-1"));
        await().atMost(PATIENCE).until(() -> queues(genesys(vendors)), EmergencyReplicasIT::isExpected);
        // Genesys has them before the replica that changed it has read it again and stored what it saw.
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(status(replicas.get(1), held)).isEqualTo("ACTIVE");
            assertThat(status(replicas.get(2), ids.get(0))).isEqualTo("ACTIVE");
            assertThat(status(replicas.get(3), ids.get(24))).isEqualTo("INACTIVE");
        });
    }

    @Test
    @Order(2)
    void shouldGoOnAfterAllReplicasWereKilledDuringAnEmergency() throws InterruptedException {
        String id = newId();
        accepted(tell(replicas.get(1), id, "EMERGENCY_ACTIVE", 0, QUEUES));
        awaitGenesys(vendors, "ACTIVE");
        for (BridgeProcess replica : replicas) {
            replica.kill();
        }
        replicas.clear();
        replicas.addAll(BridgeProcess.start(REPLICAS, PROPERTIES));

        await().atMost(PATIENCE).until(() -> status(replicas.get(0), id), "ACTIVE"::equals);
        assertThat(genesys(vendors).getString("state")).isEqualTo("ACTIVE");
        endAll();
    }

    @Test
    @Order(3)
    void shouldGoOnAfterRedisWasRestartedDuringAnEmergency() {
        String id = newId();
        accepted(tell(replicas.get(1), id, "EMERGENCY_ACTIVE", 0, QUEUES));
        awaitGenesys(vendors, "ACTIVE");
        int before = changes(vendors).size();

        redis.kill();
        redis.restart();

        await().atMost(PATIENCE).ignoreExceptions().until(() -> status(replicas.get(2), id), "ACTIVE"::equals);
        assertThat(changes(vendors)).hasSize(before);
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(EmergencyReplicasIT::endAll);
    }

    /** Ends every incident that is still open. */
    private static void endAll() {
        JsonArray all = new JsonArray(replicas.get(0)
                .send("GET", "/v1/ops/emergencies?limit=500", null, "sandbox-operator")
                .join()
                .body());
        all.stream()
                .map(JsonObject.class::cast)
                .filter(claim -> claim.getString("claim").equals("OPEN"))
                .forEach(claim -> accepted(
                        tell(replicas.get(0), claim.getString("correlationId"), "EMERGENCY_RESOLVED", 9, List.of())));
        awaitGenesys(vendors, "INACTIVE");
    }

    private static CompletableFuture<HttpResponse<String>> tell(
            BridgeProcess replica, String id, String mode, int second, List<String> queues) {
        JsonObject body = new JsonObject()
                .put("correlationId", id)
                .put("incidentType", "MAJOR_INCIDENT")
                .put("targetQueueIds", new JsonArray(queues))
                .put("routingMode", mode)
                .put(
                        "timestamp",
                        Instant.parse("2026-01-31T09:00:00Z")
                                .plusSeconds(second)
                                .toString())
                .put("ttl", 3600);
        return replica.send("POST", "/v1/emergencies", body.encode(), "sandbox-emergency");
    }

    private static void accepted(CompletableFuture<HttpResponse<String>> call) {
        assertThat(call.join().statusCode()).isEqualTo(202);
    }

    private static String status(BridgeProcess replica, String id) {
        return new JsonObject(replica.send("GET", "/v1/emergencies/" + id, null, "sandbox-emergency")
                        .join()
                        .body())
                .getString("status");
    }

    private static List<String> queuesOf(BridgeProcess replica) {
        return new JsonObject(replica.send("GET", "/v1/emergency-routing", null, "sandbox-data-action")
                        .join()
                        .body())
                .getJsonArray("queueIds").stream().map(Object::toString).toList();
    }

    private static List<String> queues(JsonObject genesys) {
        return genesys.getJsonObject("routingConfiguration").getJsonArray("queueIds").stream()
                .map(Object::toString)
                .toList();
    }

    private static int mostAtOnce() {
        return new JsonObject(vendors.send("GET", "/sandbox/genesys/control/changes", null))
                .getJsonObject("mostUnderWay")
                .getInteger("telephony/emergencyrouting");
    }
}
