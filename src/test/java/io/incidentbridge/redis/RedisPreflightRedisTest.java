package io.incidentbridge.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RedisPreflightRedisTest {

    private static final Map<String, String> STRICT =
            Map.of("bridge.redis.preflight", "STRICT", "bridge.redis.preflight-deadline", "2s");

    @Test
    @DisplayName("a server that evicts is refused in STRICT, with the setting to change, and let through in WARN")
    void shouldRefuseEviction() {
        try (RedisProcess server = RedisProcess.start("--maxmemory", "100mb", "--maxmemory-policy", "allkeys-lru");
                RedisFixture strict = RedisFixture.standalone(server, STRICT);
                RedisFixture lenient = RedisFixture.standalone(server, Map.of())) {
            assertThatThrownBy(() -> strict.preflight().onStart(null))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("noeviction");
            assertThatCode(() -> lenient.preflight().onStart(null)).doesNotThrowAnyException();
        }
    }

    @Test
    @DisplayName("a server without append-only file is only warned of, in STRICT too")
    void shouldWarnOfMissingPersistence() {
        try (RedisProcess server = RedisProcess.start();
                RedisFixture redis = RedisFixture.standalone(server, STRICT)) {
            assertThatCode(() -> redis.preflight().onStart(null)).doesNotThrowAnyException();
            assertThat(redis.preflight().look().await().atMost(Duration.ofSeconds(5)))
                    .singleElement()
                    .extracting(RedisPreflightPolicy.Finding::message)
                    .asString()
                    .contains("appendonly");
        }
    }

    @Test
    @DisplayName("a server that hangs or is not there is a warning, within the preflight's deadline")
    void shouldStartWithoutServer() {
        RedisProcess.assumeSignals();
        try (RedisProcess server = RedisProcess.start();
                RedisFixture redis = RedisFixture.standalone(server, STRICT)) {
            server.hang();
            long begin = System.nanoTime();

            assertThatCode(() -> redis.preflight().onStart(null)).doesNotThrowAnyException();

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(2500));
        }
    }
}
