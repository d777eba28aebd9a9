package io.incidentbridge.caller;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.testing.BridgeProcess;
import io.incidentbridge.testing.Load;
import io.incidentbridge.testing.SandboxResource;
import io.incidentbridge.testing.Vendors;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Lookups on several replicas of the packaged application that share nothing but Redis. */
@Tag("processes")
class CallerReplicasIT {

    private static final SandboxResource SANDBOX = new SandboxResource();
    private static final Map<String, String> PROPERTIES = new HashMap<>();
    private static Vendors vendors;
    private static BridgeProcess first;
    private static BridgeProcess second;

    @BeforeAll
    static void startReplicas() {
        PROPERTIES.putAll(SANDBOX.start());
        PROPERTIES.put("bridge.caller.fresh", "5s");
        // Not the subject here: on a busy machine a replica that gives Redis or another loader up would search for
        // itself,
        // as it should.
        PROPERTIES.put("bridge.redis.deadline", "2s");
        PROPERTIES.put("bridge.caller.deadline", "8s");
        PROPERTIES.put("bridge.caller.load-claim", "2s");
        vendors = SANDBOX.vendors();
        first = BridgeProcess.start(PROPERTIES);
        second = BridgeProcess.start(PROPERTIES);
        Load.warmUp(List.of(first, second));
    }

    @AfterAll
    static void stopReplicas() {
        second.close();
        first.close();
        SANDBOX.stop();
    }

    @BeforeEach
    void healthyVendors() {
        vendors.reset();
    }

    @Test
    void shouldSearchOnceForTwoHundredCallersOfOneNumberOnTwoReplicas() {
        vendors.fail("servicenow", "{\"latencyMs\":200}");

        List<JsonObject> pops = answers(IntStream.range(0, 200)
                .mapToObj(i -> lookup(i % 2 == 0 ? first : second, "+14155550134"))
                .toList());

        assertThat(pops).allMatch(pop -> pop.getString("status").equals("FOUND"));
        assertThat(vendors.arrived("servicenow", "GET sys_user")).isEqualTo(1);
        assertThat(vendors.arrived("servicenow", "GET incident")).isEqualTo(1);
    }

    @Test
    void shouldKeepTheClaimOfALoadThatTakesLonger() {
        vendors.fail("servicenow", "{\"latencyMs\":1300}");

        List<JsonObject> pops = answers(List.of(lookup(first, "+14155550189"), lookup(second, "+14155550189")));

        assertThat(pops).allMatch(pop -> pop.getString("status").equals("FOUND"));
        assertThat(vendors.arrived("servicenow", "GET sys_user")).isEqualTo(1);
    }

    @Test
    void shouldStandInWithTheLastKnownAnswerOfAnotherReplica() {
        assertThat(answer(lookup(first, "+14155550123")).getBoolean("stale")).isFalse();
        vendors.fail("servicenow", "{\"failureRate\":1.0,\"failureStatus\":503}");

        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            JsonObject pop = answer(lookup(second, "+14155550123"));
            assertThat(pop.getString("status")).isEqualTo("FOUND");
            assertThat(pop.getString("userName")).isEqualTo("abel.tuter");
            assertThat(pop.getBoolean("stale")).isTrue();
        });
    }

    @Test
    void shouldLoadAnewWhenTheLoadingReplicaIsKilled() throws InterruptedException {
        try (BridgeProcess doomed = BridgeProcess.start(PROPERTIES)) {
            vendors.forgetTraffic();
            vendors.fail("servicenow", "{\"hangRate\":1.0}");
            lookup(doomed, "+14155550167");
            Awaitility.await().until(() -> vendors.arrived("servicenow", "GET sys_user") == 1);
            doomed.kill();
        }
        vendors.reset();

        // Whoever waits for the dead loader's claim sees its end.
        assertThat(answer(lookup(first, "+14155550167")).getString("status")).isEqualTo("FOUND");
    }

    private static CompletableFuture<HttpResponse<String>> lookup(BridgeProcess replica, String ani) {
        return replica.post(
                "/v1/callers/lookup", new JsonObject().put("ani", ani).encode());
    }

    private static List<JsonObject> answers(List<CompletableFuture<HttpResponse<String>>> calls) {
        return calls.stream().map(CallerReplicasIT::answer).toList();
    }

    private static JsonObject answer(CompletableFuture<HttpResponse<String>> call) {
        HttpResponse<String> response = call.join();
        assertThat(response.statusCode()).isEqualTo(200);
        return new JsonObject(response.body());
    }
}
