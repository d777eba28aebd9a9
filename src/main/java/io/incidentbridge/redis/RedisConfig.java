package io.incidentbridge.redis;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long the bridge waits for Redis; addresses and pools are Quarkus' own {@code quarkus.redis.*}. */
@ConfigMapping(prefix = "bridge.redis")
interface RedisConfig {

    /** Longest wait for one command on a caller's path; well under any caller's own deadline. */
    @WithDefault("150ms")
    Duration deadline();
}
