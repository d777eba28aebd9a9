package io.incidentbridge.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.mutiny.redis.client.Command;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ClusterRedisTest {

    private static final Duration RECOVERY = Duration.ofSeconds(2);
    private static final RedisScript SCRIPT = RedisScript.load("lease_release");

    @Test
    @DisplayName("commands and scripts reach the node of their key, on every node")
    void shouldServeEverySlot() {
        try (ClusterSetup cluster = ClusterSetup.start();
                RedisFixture redis = RedisFixture.cluster(cluster.addresses()).connected()) {
            IntStream.range(0, 60).mapToObj(n -> "ib:{" + n + "}").forEach(key -> {
                assertThat(redis.call(Command.SET, key, "mine")).isEqualTo("OK");
                assertThat(redis.run(SCRIPT, List.of(key), List.of("mine"))).isEqualTo("1");
            });
        }
    }

    @Test
    @DisplayName("a slot that moves to another node is followed")
    void shouldFollowMovedSlot() {
        try (ClusterSetup cluster = ClusterSetup.start();
                RedisFixture redis = RedisFixture.cluster(cluster.addresses()).connected()) {
            RedisProcess from = cluster.masters().get(2);
            RedisProcess to = cluster.masters().get(0);
            String id = to.call("CLUSTER", "MYID").split("\r\n")[1];
            // Of {foo}, on the third node.
            String slot = "12182";
            to.call("CLUSTER", "SETSLOT", slot, "NODE", id);
            from.call("CLUSTER", "SETSLOT", slot, "NODE", id);

            await().atMost(RECOVERY)
                    .until(() -> redis.call(Command.SET, "{foo}", "moved").equals("OK"));
            assertThat(to.call("GET", "{foo}")).contains("moved");
        }
    }

    @Test
    @DisplayName("a killed master's keys are served within 2 s of its replica's taking over")
    void shouldFollowFailover() {
        RedisProcess.assumeSignals();
        try (ClusterSetup cluster = ClusterSetup.startWithReplicas();
                RedisFixture redis = RedisFixture.cluster(cluster.addresses()).connected()) {
            cluster.masters().get(2).kill();
            cluster.awaitFailover(2);

            await().atMost(RECOVERY)
                    .until(() -> redis.call(Command.SET, "{foo}", "after").equals("OK"));
            await().atMost(RECOVERY)
                    .until(() -> IntStream.range(0, 60).allMatch(n -> redis.call(Command.SET, "ib:{" + n + "}", "1")
                            .equals("OK")));
        }
    }

    @Test
    @DisplayName("while a master hangs the other nodes' keys are served; after its replica's taking over all are")
    void shouldServeTheRest() {
        RedisProcess.assumeSignals();
        try (ClusterSetup cluster = ClusterSetup.startWithReplicas();
                RedisFixture redis = RedisFixture.cluster(cluster.addresses()).connected()) {
            cluster.masters().get(2).hang();
            // {bar} is on the first node.
            assertThat(redis.call(Command.SET, "{bar}", "1")).isEqualTo("OK");
            assertThat(redis.call(Command.SET, "{foo}", "1")).startsWith("!");
            cluster.awaitFailover(2);

            await().atMost(RECOVERY)
                    .until(() -> redis.call(Command.SET, "{foo}", "after").equals("OK"));
        }
    }
}
