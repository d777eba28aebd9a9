package io.incidentbridge.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.redis.FsyncMeans.Means;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FsyncMeansTest {

    @ParameterizedTest(name = "{0}, aof {1}, appendfsync {2}, paused {3}, confirmed within {4} ms: {5}")
    @CsvSource({
        "6.2.14, 1, always, no, 250, ALWAYS",
        "7.4.2, 1, always, no, 250, ALWAYS",
        "8.2.1, 1, always, no, 250, ALWAYS",
        "8.2.1, 0, always, no, 5000, NONE",
        // Once a second: only who says so truthfully, to those who wait for it.
        "8.0.0, 1, everysec, no, 1500, WAITAOF",
        "255.255.255, 1, everysec, no, 1500, WAITAOF",
        "8.0.0, 1, everysec, no, 1499, NONE",
        "8.0.0, 1, everysec, no, 250, NONE",
        // Valkey 8 says so of itself.
        "7.2.4, 1, everysec, no, 5000, NONE",
        "7.4.2, 1, everysec, no, 5000, NONE",
        "6.2.14, 1, everysec, no, 5000, NONE",
        "8.2.1, 1, no, no, 5000, NONE",
        // Not synced at all while the file is rewritten.
        "7.4.2, 1, always, yes, 5000, NONE",
        "8.2.1, 1, always, yes, 5000, WAITAOF",
        // A version that is not told.
        "'', 1, everysec, no, 5000, NONE",
    })
    void shouldPromiseOnlyWhatTheServerKeeps(
            String version, String aof, String policy, String paused, long confirmation, Means means) {
        Map<String, String> settings = Map.of("appendfsync", policy, "no-appendfsync-on-rewrite", paused);

        assertThat(FsyncMeans.decide(facts(version, aof), settings, Duration.ofMillis(confirmation)))
                .isEqualTo(means);
    }

    @ParameterizedTest(name = "{0}, confirmed within {1} ms: {2}")
    @CsvSource({"8.2.1, 1500, WAITAOF", "8.2.1, 250, NONE", "7.2.4, 1500, NONE"})
    void shouldTakeAServerThatDoesNotTellItsSettingsForOneThatSyncsNowAndThen(
            String version, long confirmation, Means means) {
        assertThat(FsyncMeans.decide(facts(version, "1"), Map.of(), Duration.ofMillis(confirmation)))
                .isEqualTo(means);
    }

    private static RedisFacts facts(String version, String aof) {
        return RedisFacts.of("redis_version:" + version + "\r\naof_enabled:" + aof + "\r\n", Duration.ZERO);
    }
}
