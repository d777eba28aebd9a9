package io.incidentbridge.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.redis.RedisProcess;
import io.incidentbridge.redis.SentinelSetup;
import io.incidentbridge.testing.Answer;
import io.incidentbridge.testing.Load;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The Redis master dies, and the Sentinels promote its replica, while callers are looked up on two replicas of the packaged
 * application: every call is answered in time and with a screen pop, the vendor refuses nothing, and soon
 * of the promotion callers are found anew and shared again.
 */
@Tag("processes")
class RedisFailoverIT {

    private static final Duration RECOVERY = Duration.ofSeconds(10);

    @Test
    void shouldServeWhileTheMasterFailsOver() {
        RedisProcess.assumeSignals();
        try (SentinelSetup setup = SentinelSetup.start();
                LoadedReplicas replicas = new LoadedReplicas(properties(setup));
                Load load = replicas.offer()) {
            replicas.untilNormal();
            setup.master().kill();
            setup.awaitFailover();
            Duration recovery = replicas.untilNormal();

            List<Answer> answers = load.end();
            replicas.assertServed(answers);
            assertThat(recovery).isLessThan(RECOVERY);
        }
    }

    private static Map<String, String> properties(SentinelSetup setup) {
        return Map.of(
                "quarkus.redis.client-type",
                "sentinel",
                "quarkus.redis.master-name",
                SentinelSetup.MASTER,
                "quarkus.redis.hosts",
                String.join(",", setup.addresses()));
    }
}
