package io.incidentbridge.audit;

import io.incidentbridge.security.MountedSecrets;
import io.incidentbridge.startup.Finding;
import io.incidentbridge.startup.StartupCheck;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.stream.Stream;

/** Refuses a trail that anybody could forge, or that forgets too soon. */
@Singleton
class AuditCheck implements StartupCheck {

    private static final int SHORTEST = 32;
    private static final Duration LEAST_RETENTION = Duration.ofDays(1);

    private final AuditConfig config;
    private final MountedSecrets secrets;

    AuditCheck(AuditConfig config, MountedSecrets secrets) {
        this.config = config;
        this.secrets = secrets;
    }

    @Override
    public Stream<Finding> check() {
        return Stream.concat(key(), retention());
    }

    private Stream<Finding> key() {
        String key = AuditKeys.configured(config, secrets).findFirst().orElse("");
        return key.length() >= SHORTEST && !key.startsWith("sandbox-")
                ? Stream.empty()
                : Stream.of(
                        Finding.unsafe(
                                "bridge.audit.key",
                                key.isEmpty() ? "is not set" : "is too short or the sandbox's",
                                "set it or bridge.audit.key-file to a random secret of at least 32 characters, the same for all replicas"));
    }

    private Stream<Finding> retention() {
        return config
                .retention()
                .filter(length -> length.compareTo(LEAST_RETENTION) < 0)
                .map(length -> Finding.unsafe(
                        "bridge.audit.retention", "is less than a day", "set at least 1d, or nothing to keep all"))
                .stream();
    }
}
