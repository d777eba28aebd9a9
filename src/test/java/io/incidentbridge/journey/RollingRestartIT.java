package io.incidentbridge.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.testing.BridgeProcess;
import io.incidentbridge.testing.SandboxResource;
import io.incidentbridge.testing.Vendors;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Three replicas replaced one after the other, as a Deployment does it, while calls keep arriving. */
class RollingRestartIT {

    private static final SandboxResource SANDBOX = new SandboxResource();
    private static final Map<String, String> PROPERTIES = new HashMap<>();
    private static Vendors vendors;

    @BeforeAll
    static void start() {
        PROPERTIES.putAll(SANDBOX.start());
        PROPERTIES.put("quarkus.shutdown.delay", "4s");
        vendors = SANDBOX.vendors();
        vendors.reset();
    }

    @AfterAll
    static void stop() {
        SANDBOX.stop();
    }

    @Test
    void shouldFailNoRequestAndLoseNothingWhenEveryReplicaIsReplaced() {
        // given: requests take long enough for some to be under way at each stop
        vendors.fail("servicenow", "{\"latencyMs\":150}");
        try (ReplicaSet replicas = new ReplicaSet(3, PROPERTIES);
                Traffic traffic = new Traffic(replicas::next)) {
            List<BridgeProcess> first = replicas.all();
            traffic.start();
            traffic.awaitAnswers(50);

            first.forEach(replica -> {
                replicas.replace(replica);
                traffic.awaitAnswers(30);
            });
            traffic.stop();

            assertThat(traffic.failures()).isEmpty();
            assertThat(first).noneMatch(BridgeProcess::isAlive);
            assertThat(traffic.enrolled()).isNotEmpty();
            assertThat(traffic.enrolled())
                    .allSatisfy(number -> assertThat(vendors.records("sys_user", "mobile_phone=" + number))
                            .hasSize(1));
        }
    }

    @Test
    void shouldTellCallersToConnectElsewhereWhileItWaitsToStop() {
        try (BridgeProcess replica = BridgeProcess.start(PROPERTIES)) {
            String request = "{\"ani\":\"+14155550123\"}";
            assertThat(replica.post("/v1/callers/lookup", request)
                            .join()
                            .headers()
                            .firstValue("connection"))
                    .isEmpty();

            replica.terminate();

            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !replica.isReady());
            var answer = replica.post("/v1/callers/lookup", request).join();
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("connection")).contains("close");
        }
    }
}
