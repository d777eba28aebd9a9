package io.incidentbridge.idempotency;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How explicit idempotency keys are remembered. */
@ConfigMapping(prefix = "bridge.idempotency")
interface IdempotencyConfig {

    /**
     * How long a key and its answer are remembered; the API's description tells the default. Each costs about its answer's
     * size in Redis.
     */
    @WithDefault("24h")
    Duration keep();

    /** How long the owner of a key is trusted to be at work; longer than any request takes. */
    @WithDefault("30s")
    Duration claim();

    /** Largest answer that is remembered, in bytes; a repeat of a larger one is told that it was done. */
    @WithDefault("65536")
    @Min(0)
    @Max(1048576)
    int maxReplyBytes();
}
