package io.incidentbridge.outbox;

import io.incidentbridge.redis.Durability;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How accepted work is kept and worked off. */
@ConfigMapping(prefix = "bridge.outbox")
interface OutboxConfig {

    /** What accepted work survives: MEMORY, REPLICATED or FSYNC; docs/wrapup.md says what each can lose. */
    @WithDefault("memory")
    Durability durability();

    /**
     * Parts the outbox is spread over, for a Redis cluster. The same for all replicas; may grow, but shrink only when the
     * outbox is empty.
     */
    @WithDefault("8")
    @Min(1)
    @Max(64)
    int shards();

    /** Items of each kind that one replica works on at once. */
    @WithDefault("16")
    @Min(1)
    @Max(256)
    int parallel();

    /** How often a replica looks for work that is due; new work is begun at once. */
    @WithDefault("250ms")
    Duration tick();

    /** Longest time for one attempt; after it the attempt counts as failed, whatever became of it. */
    @WithDefault("25s")
    Duration handlerDeadline();

    /** How long a claim holds when its worker dies; above {@code handler-deadline}, and the same for all replicas. */
    @WithDefault("30s")
    Duration claim();

    /** First pause after a failure; it doubles with each further one, and each is shortened at random. */
    @WithDefault("1s")
    Duration backoff();

    /** Longest pause after a failure. */
    @WithDefault("5m")
    Duration longestBackoff();

    /** How long work is tried before it becomes a dead letter, counted from when it was added or replayed. */
    @WithDefault("24h")
    Duration patience();

    /** Failed attempts before that at the least: what waited for a day without budget is still tried. */
    @WithDefault("5")
    @Min(1)
    int leastAttempts();

    /** How long done and discarded work is remembered, for operators and against repeats. */
    @WithDefault("24h")
    Duration keepDone();

    /** How often each replica counts what waits, for the metrics and the outage breaker. */
    @WithDefault("5s")
    Duration count();
}
