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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Three replicas replaced one after the other, as a Deployment does it, while calls keep arriving. */
@Tag("processes")
class RollingRestartIT {

    private static final SandboxResource SANDBOX = new SandboxResource();
    private static final Map<String, String> PROPERTIES = new HashMap<>();
    private static Vendors vendors;

    @BeforeAll
    static void start() {
        PROPERTIES.putAll(SANDBOX.start());
        PROPERTIES.put("quarkus.shutdown.delay", "4s");
        // Four replicas on a busy machine: a late answer must not pass for an absent Redis, nor for a lost wrap-up.
        PROPERTIES.put("bridge.redis.deadline", "10s");
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
        vendors.fail("servicenow", "{\"latencyMs\":150,\"rateLimit\":60000}");
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
            assertThat(replicas.farewells()).containsOnly("200 close").hasSize(3);
            assertThat(first).noneMatch(BridgeProcess::isAlive);
            // then every accepted wrap-up is one ticket, those deferred by a stopped replica included
            assertThat(traffic.wrappedUp()).isNotEmpty();
            Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(traffic.wrappedUp())
                    .allSatisfy(
                            conversation -> assertThat(vendors.records("incident", "correlation_id=" + conversation))
                                    .hasSize(1)));
            assertThat(traffic.enrolled()).isNotEmpty();
            assertThat(traffic.enrolled()).allSatisfy(number -> assertThat(
                            vendors.records("sys_user", "mobile_phone=" + number + "^ORhome_phone=" + number))
                    .hasSize(1));
        }
    }
}
