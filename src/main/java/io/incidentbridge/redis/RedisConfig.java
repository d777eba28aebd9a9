package io.incidentbridge.redis;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How long the bridge waits for Redis, and its password; addresses and pools are Quarkus' own {@code quarkus.redis.*}. */
@ConfigMapping(prefix = "bridge.redis")
interface RedisConfig {

    /** Longest wait for one command on a caller's path; well under any caller's own deadline. */
    @WithDefault("150ms")
    Duration deadline();

    /**
     * Longest wait until a write that must be replicated or on a disk is confirmed to be; then it counts as not accepted.
     * FSYNC with {@code appendfsync everysec} needs Redis 8 and at least 1500ms here.
     */
    @WithDefault("250ms")
    Duration confirmation();

    /** Failed commands in a row that count as Redis being away; one deadline without any answer does too. */
    @WithDefault("3")
    @Min(1)
    int breakerFailures();

    /** How close together they must be. */
    @WithDefault("1s")
    Duration breakerWithin();

    /** Pause between two probes of an absent Redis. */
    @WithDefault("250ms")
    Duration probeEvery();

    /** Longest wait for a probe, which makes new connections first; its command has {@code deadline}, like any other. */
    @WithDefault("1s")
    Duration probeDeadline();

    /** STRICT refuses to start on a server that would lose or evict data, WARN only says so, OFF does not look. */
    @WithDefault("WARN")
    Mode preflight();

    /** Longest wait for the server's answers at start; an absent server is a warning. */
    @WithDefault("3s")
    Duration preflightDeadline();

    /** Mounted file that holds the password, unless an address holds one; new connections use what it holds then. */
    Optional<Path> passwordFile();

    /** Largest difference between the server's clock and this one that is not worth a warning. */
    @WithDefault("1s")
    Duration clockSkew();

    /** Strictness at start. */
    enum Mode {
        STRICT,
        WARN,
        OFF
    }
}
