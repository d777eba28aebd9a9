package io.incidentbridge.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.testing.Answer;
import io.incidentbridge.testing.BridgeProcess;
import io.incidentbridge.testing.Load;
import io.incidentbridge.testing.VendorSimulation;
import io.incidentbridge.testing.Vendors;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;

/**
 * Two replicas under a steady load of callers, some of them cached. The vendor's limit is the budget and a tenth: requests
 * that a starved machine holds up on their way arrive with later ones (docs/adr/0003); replicas that knew nothing of each
 * other would use twice the budget.
 */
final class LoadedReplicas implements AutoCloseable {

    private static final int LIMIT = 400;
    private static final int VENDOR_LIMIT = LIMIT * 11 / 10;
    private static final int PERIOD_SECONDS = 10;
    private static final int USERS = 1000;
    private static final int REGULARS = 10;
    private static final int CALLS_PER_SECOND = 20;
    /** Of a lookup, 2.5 s, and what the way to the replica and back takes on a busy machine. */
    private static final Duration DEADLINE = Duration.ofSeconds(6);

    private final VendorSimulation simulation = VendorSimulation.start();
    private final Vendors vendors = simulation.vendors();
    private final List<BridgeProcess> replicas;
    private int nextUser = REGULARS;

    /** @param redis properties by which the replicas find it */
    LoadedReplicas(Map<String, String> redis) {
        vendors.send("POST", "/sandbox/servicenow/sandbox-seed?users=" + USERS, null);
        vendors.fail(
                "servicenow",
                """
                {"latencyMs": 20, "rateLimit": %d, "rateLimitWindowSeconds": %d, "rateLimitHeaders": false}"""
                        .formatted(VENDOR_LIMIT, PERIOD_SECONDS));
        Map<String, String> properties = new HashMap<>(redis);
        String window = "bridge.budget.upstreams.servicenow.windows[0].";
        properties.put(window + "limit", Integer.toString(LIMIT));
        properties.put(window + "period", PERIOD_SECONDS + "s");
        replicas = BridgeProcess.start(2, simulation.properties(properties));
        Load.warmUp(replicas);
    }

    /** Half of the calls are of a few regulars, whom the cache has; the others' numbers nobody has. */
    Load offer() {
        return offer(CALLS_PER_SECOND);
    }

    Load offer(int perSecond) {
        return Load.offer(
                perSecond,
                replicas,
                call -> call / 2 % 2 == 0 ? KnownNumbers.generated(call / 4 % REGULARS) : Load.unknownNumber());
    }

    /** Waits until all is well, and answers how long that took. */
    Duration untilNormal() {
        long start = System.nanoTime();
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .until(this::isNormal);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Everyone got a screen pop in time, and the vendor no more than its limit. */
    void assertServed(List<Answer> answers) {
        assertThat(answers).isNotEmpty().allMatch(answer -> answer.http() == 200);
        assertThat(answers).extracting(Answer::status).containsAnyOf("FOUND", "NOT_FOUND");
        assertThat(answers).extracting(Answer::took).allMatch(took -> took.compareTo(DEADLINE) < 0);
        assertThat(vendors.answered("servicenow", 429))
                .as("refused by the vendor")
                .isZero();
    }

    /** Of what was answered while something was broken, most told of the caller. */
    static void assertAnswered(List<Answer> answers) {
        assertThat(answers).isNotEmpty();
        assertThat(answers.stream().filter(Answer::isUnavailable).count())
                .as("UNAVAILABLE of " + answers.size())
                .isLessThan(answers.size() / 4);
    }

    /** Which of these numbers a replica cannot tell anything about. */
    List<Answer> unavailable(List<String> numbers) {
        return numbers.stream().map(number -> Load.lookup(replicas.get(1), number)).toList().stream()
                .map(CompletableFuture::join)
                .filter(Answer::isUnavailable)
                .toList();
    }

    @Override
    public void close() {
        replicas.forEach(BridgeProcess::close);
        simulation.close();
    }

    /** A caller is found on either replica, and by the other one in the cache: the vendor does not know him any more. */
    private boolean isNormal() {
        return isFoundAndShared(replicas.get(0), replicas.get(1)) && isFoundAndShared(replicas.get(1), replicas.get(0));
    }

    private boolean isFoundAndShared(BridgeProcess one, BridgeProcess other) {
        String number = KnownNumbers.generated(nextUser++);
        JsonObject pop = pop(one, number);
        if (!isFresh(pop)) {
            return false;
        }
        vendors.send(
                "PATCH",
                "/sandbox/servicenow/api/now/table/sys_user/" + pop.getString("sysId"),
                "{\"active\":\"false\"}");
        return isFresh(pop(other, number));
    }

    private static boolean isFresh(JsonObject pop) {
        return pop.getString("status").equals("FOUND") && !pop.getBoolean("stale");
    }

    private static JsonObject pop(BridgeProcess replica, String number) {
        String body = new JsonObject().put("ani", number).encode();
        return new JsonObject(replica.post("/v1/callers/lookup", body).join().body());
    }
}
