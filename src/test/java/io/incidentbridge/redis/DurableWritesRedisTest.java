package io.incidentbridge.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DurableWritesRedisTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Room for a busy machine; how long a write may take is not what is tested. */
    private static final Map<String, String> PATIENT =
            Map.of("bridge.redis.deadline", "5s", "bridge.redis.confirmation", "5s");

    private static final RedisScript WRITE = RedisScript.load("durable_write");
    private static final List<String> KEYS = List.of("ib:{durable}");
    private static final List<String> ARGUMENTS = List.of("c", "60000");

    @Test
    void shouldConfirmAWriteThatAReplicaHas() {
        try (RedisProcess master =
                        RedisProcess.start("--repl-diskless-sync", "yes", "--repl-diskless-sync-delay", "0");
                RedisProcess replica = RedisProcess.start("--replicaof", "127.0.0.1", Integer.toString(master.port()));
                RedisFixture redis = RedisFixture.standalone(master, PATIENT).connected()) {
            await().atMost(PATIENCE)
                    .until(() -> master.call("INFO", "replication").contains("state=online"));

            assertThat(write(redis, Durability.REPLICATED)).isEqualTo("1");
            assertThat(replica.call("EXISTS", KEYS.get(0))).startsWith(":1");
        }
    }

    @Test
    void shouldNotConfirmAWriteWithoutAReplicaAndGoOnServingOthers() {
        try (RedisProcess master = RedisProcess.start();
                RedisFixture redis = RedisFixture.standalone(master, Map.of("bridge.redis.deadline", "5s"))
                        .connected()) {
            assertThat(write(redis, Durability.REPLICATED, Map.of("bridge.redis.confirmation", "200ms")))
                    .startsWith("!")
                    .contains("not confirmed");
            assertThat(redis.commands().isAvailable()).isTrue();
            assertThat(write(redis, Durability.MEMORY)).isEqualTo("1");
        }
    }

    @Test
    void shouldSurviveAKillOnceItIsOnDisk() {
        try (RedisProcess server = RedisProcess.start("--appendonly", "yes", "--appendfsync", "always");
                RedisFixture redis = RedisFixture.standalone(server, PATIENT).connected()) {
            assertThat(write(redis, Durability.FSYNC)).isEqualTo("1");
            server.kill();
            server.restart();

            assertThat(server.call("EXISTS", KEYS.get(0))).startsWith(":1");
        }
    }

    @Test
    void shouldRefuseToPromiseADiskThatTheServerDoesNotUse() {
        try (RedisProcess server = RedisProcess.start("--appendonly", "yes", "--appendfsync", "everysec");
                RedisFixture redis = RedisFixture.standalone(server, PATIENT).connected()) {
            assertThat(write(redis, Durability.FSYNC)).startsWith("!").contains("cannot promise");
        }
    }

    private static String write(RedisFixture redis, Durability durability) {
        return write(redis, durability, PATIENT);
    }

    private static String write(RedisFixture redis, Durability durability, Map<String, String> settings) {
        DurableWrites writes = new DurableWrites(redis.commands(), RedisFixture.config(settings));
        return RedisFixture.outcome(
                writes.run(WRITE, KEYS, ARGUMENTS, durability).map(String::valueOf));
    }
}
