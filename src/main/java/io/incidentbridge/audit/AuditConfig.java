package io.incidentbridge.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The audit trail: what seals it, and how long it is kept. */
@ConfigMapping(prefix = "bridge.audit")
interface AuditConfig {

    /**
     * Secret that seals the trail, at least 32 characters, the same for all replicas. It never goes to Redis: whoever can
     * write there but does not know it cannot change the trail unnoticed. Derived from {@code bridge.security.hash-key} when
     * not set; changing that one then makes older entries unverifiable.
     */
    Optional<String> key();

    /**
     * Mounted file that holds such secrets instead, one a line: the first one seals, all of them verify. A replaced file
     * takes effect while the bridge runs.
     */
    Optional<Path> keyFile();

    /** Secrets that sealed older entries, so that they can still be verified after the key was changed. */
    Optional<List<String>> oldKeys();

    /** How long entries stay in Redis, at least a day; for ever when not set. Older ones give way to a sealed checkpoint. */
    Optional<Duration> retention();

    /** How often one replica verifies the whole trail and forgets what is older than the retention. */
    @WithDefault("6h")
    Duration verifyEvery();
}
