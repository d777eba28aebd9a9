package io.incidentbridge.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.redis.ClusterSetup;
import io.incidentbridge.redis.RedisProcess;
import io.incidentbridge.redis.SentinelSetup;
import io.incidentbridge.testing.BridgeProcess;
import io.incidentbridge.testing.SandboxResource;
import io.incidentbridge.testing.Vendors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The packaged application on a Redis cluster, and on one with Sentinels: every journey, before and after failovers. */
@Tag("processes")
class RedisTopologyIT {

    private static final SandboxResource SANDBOX = new SandboxResource();
    private static final Map<String, String> PROPERTIES = new HashMap<>();
    private static Vendors vendors;

    @BeforeAll
    static void start() {
        RedisProcess.assumeSignals();
        PROPERTIES.putAll(SANDBOX.start());
        PROPERTIES.put("bridge.redis.deadline", "2s");
        PROPERTIES.put("bridge.emergency.tick", "5s");
        vendors = SANDBOX.vendors();
    }

    @AfterAll
    static void stop() {
        SANDBOX.stop();
    }

    @Test
    void shouldServeEveryJourneyOnAClusterWhoseMastersAllFailOver() {
        vendors.reset();
        try (ClusterSetup cluster = ClusterSetup.startWithReplicas();
                BridgeProcess bridge = start(cluster.addresses(), Map.of("quarkus.redis.client-type", "cluster"))) {
            assertThat(cluster.masters().get(0).call("CLUSTER", "INFO"))
                    .contains("cluster_known_nodes:6", "cluster_size:3");
            Journeys journeys = new Journeys(vendors, bridge);
            journeys.pass();

            // Each in turn, so that whatever a key's slot is, it has moved.
            for (int master = 0; master < cluster.masters().size(); master++) {
                cluster.masters().get(master).kill();
                cluster.awaitFailover(master);
            }

            journeys.pass();
            assertThat(bridge.isAlive()).isTrue();
        }
    }

    @Test
    void shouldServeEveryJourneyWithSentinelsThatFailOver() {
        vendors.reset();
        Map<String, String> sentinel =
                Map.of("quarkus.redis.client-type", "sentinel", "quarkus.redis.master-name", SentinelSetup.MASTER);
        try (SentinelSetup setup = SentinelSetup.start();
                BridgeProcess bridge = start(setup.addresses(), sentinel)) {
            Journeys journeys = new Journeys(vendors, bridge);
            journeys.pass();

            setup.master().kill();
            setup.awaitFailover();

            journeys.pass();
            assertThat(bridge.isAlive()).isTrue();
        }
    }

    private static BridgeProcess start(List<String> hosts, Map<String, String> redis) {
        Map<String, String> properties = new HashMap<>(PROPERTIES);
        properties.putAll(redis);
        properties.put("quarkus.redis.hosts", String.join(",", hosts));
        return BridgeProcess.start(properties);
    }
}
