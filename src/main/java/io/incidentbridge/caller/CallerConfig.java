package io.incidentbridge.caller;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How callers are looked up and for how long an answer is kept. */
@ConfigMapping(prefix = "bridge.caller")
interface CallerConfig {

    /** Longest time a lookup takes, in all below 2.5 s with the edges; after it the answer is UNAVAILABLE, or the last known one marked stale. */
    @WithDefault("2400ms")
    Duration deadline();

    /** Longest time an enrolment takes; after it the answer is DEFERRED, whatever became of the write. */
    @WithDefault("4s")
    Duration enrolDeadline();

    /** Whether a DEFERRED enrolment is tried again by the bridge, for as long as {@code bridge.outbox.patience}. */
    @WithDefault("true")
    boolean retryEnrolments();

    /** How long an answer counts as current. */
    @WithDefault("30s")
    Duration fresh();

    /** How long "no such caller" counts as current; short, as the next step is often an enrolment. */
    @WithDefault("10s")
    Duration freshUnknown();

    /** How long a replica keeps an answer for itself while Redis is away. */
    @WithDefault("10s")
    Duration freshAlone();

    /** How long an answer is kept to stand in, marked stale, for an unavailable ServiceNow. */
    @WithDefault("10m")
    Duration keep();

    /** How long a replica that loads, and says so three times meanwhile, is trusted before another one tries. */
    @WithDefault("1500ms")
    Duration loadClaim();

    /** How often a replica looks whether another one has finished loading. */
    @WithDefault("25ms")
    Duration loadPoll();

    /** How many open incidents the agent sees. */
    @WithDefault("3")
    @Min(1)
    @Max(10)
    int incidents();
}
