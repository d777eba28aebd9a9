package io.incidentbridge.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.mutiny.redis.client.Command;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SentinelRedisTest {

    private static final Duration RECOVERY = Duration.ofSeconds(2);
    private static final RedisScript SCRIPT = RedisScript.load("lease_release");

    private SentinelSetup setup;
    private RedisFixture redis;

    @BeforeEach
    void start() {
        RedisProcess.assumeSignals();
        setup = SentinelSetup.start();
        redis = RedisFixture.sentinel(setup.addresses(), SentinelSetup.MASTER).connected();
    }

    @AfterEach
    void stop() {
        if (redis != null) {
            redis.close();
        }
        setup.close();
    }

    @Test
    @DisplayName("a killed master's replica is in use within 2 s of its promotion, scripts included")
    void shouldFollowFailover() {
        setup.master().kill();
        setup.awaitFailover();

        await().atMost(RECOVERY).until(this::isWritten);
        assertThat(setup.replica().call("GET", "after")).contains("written");
        assertThat(redis.run(SCRIPT, List.of("after"), List.of("written"))).isEqualTo("1");
    }

    @Test
    @DisplayName("so it is when the master hangs with its connections open")
    void shouldFollowFailoverOfHungMaster() {
        setup.master().hang();
        setup.awaitFailover();

        await().atMost(RECOVERY).until(this::isWritten);
        assertThat(setup.replica().call("GET", "after")).contains("written");
    }

    @Test
    @DisplayName("a master that is demoted under way is left for its successor within 2 s")
    void shouldLeaveDemotedMaster() {
        setup.sentinels().get(0).call("SENTINEL", "FAILOVER", SentinelSetup.MASTER);
        setup.awaitFailover();
        // Until the Sentinels tell it, the old master takes writes, which are then lost.
        await().atMost(Duration.ofSeconds(20))
                .until(() -> setup.master().call("INFO", "replication").contains("role:slave"));

        await().atMost(RECOVERY).until(this::isWritten);
        assertThat(setup.replica().call("GET", "after")).contains("written");
    }

    @Test
    @DisplayName("a Sentinel that hangs does not keep the master from being found")
    void shouldAskAnotherSentinel() {
        setup.sentinels().get(0).hang();
        setup.master().kill();

        await().atMost(Duration.ofSeconds(20)).until(this::isWritten);
        assertThat(setup.replica().call("GET", "after")).contains("written");
    }

    private boolean isWritten() {
        return redis.call(Command.SET, "after", "written").equals("OK");
    }
}
