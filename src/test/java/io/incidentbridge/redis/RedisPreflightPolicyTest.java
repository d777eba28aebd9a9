package io.incidentbridge.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.redis.RedisPreflightPolicy.Finding;
import io.vertx.redis.client.RedisClientType;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisPreflightPolicyTest {

    private static final String GOOD = "# Server\r\nredis_version:7.2.4\r\nredis_mode:standalone\r\nrole:master\r\n"
            + "aof_enabled:1\r\nmaxmemory:1073741824\r\nmaxmemory_policy:noeviction\r\ncluster_enabled:0\r\n";

    @Test
    void shouldFindNothingWithAGoodServer() {
        assertThat(judge(GOOD, RedisClientType.STANDALONE, Duration.ofMillis(-900)))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0} instead of {1}: serious {2}, says {3}")
    @CsvSource({
        "redis_version:6.0.16, redis_version:7.2.4, true, older than 6.2",
        "redis_version:5.0.14, redis_version:7.2.4, true, older than 6.2",
        "redis_mode:sentinel, redis_mode:standalone, true, client-type=sentinel",
        "role:slave, role:master, true, replica",
        "cluster_enabled:1, cluster_enabled:0, true, client-type=cluster",
        "maxmemory_policy:allkeys-lru, maxmemory_policy:noeviction, true, noeviction",
        "maxmemory_policy:volatile-ttl, maxmemory_policy:noeviction, true, noeviction",
        "aof_enabled:0, aof_enabled:1, false, appendonly",
    })
    void shouldNameTheTrouble(String bad, String good, boolean serious, String says) {
        List<Finding> findings = judge(GOOD.replace(good, bad), RedisClientType.STANDALONE, Duration.ZERO);

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.serious()).isEqualTo(serious);
            assertThat(finding.message()).contains(says);
        });
    }

    @ParameterizedTest
    @CsvSource({"6.2.0", "6.2.11", "7.0.0", "8.10.1", "255.255.255"})
    void shouldTakeNewerVersions(String version) {
        assertThat(judge(GOOD.replace("7.2.4", version), RedisClientType.STANDALONE, Duration.ZERO))
                .isEmpty();
    }

    @Test
    @DisplayName("an evicting policy without a memory limit is a warning only")
    void shouldWarnOfEvictionToCome() {
        String info = GOOD.replace("noeviction", "allkeys-lru").replace("maxmemory:1073741824", "maxmemory:0");

        assertThat(judge(info, RedisClientType.STANDALONE, Duration.ZERO))
                .singleElement()
                .extracting(Finding::serious)
                .isEqualTo(false);
    }

    @Test
    void shouldTellThatItIsNoCluster() {
        assertThat(judge(GOOD, RedisClientType.CLUSTER, Duration.ZERO))
                .singleElement()
                .extracting(Finding::serious)
                .isEqualTo(true);
    }

    @Test
    @DisplayName("a skewed clock, and a server that does not tell, are warnings")
    void shouldWarn() {
        assertThat(judge("", RedisClientType.STANDALONE, Duration.ofSeconds(-5)))
                .hasSize(2)
                .noneMatch(Finding::serious);
    }

    private static List<Finding> judge(String info, RedisClientType client, Duration ahead) {
        return new RedisPreflightPolicy(client, Duration.ofSeconds(1)).judge(RedisFacts.of(info, ahead));
    }
}
