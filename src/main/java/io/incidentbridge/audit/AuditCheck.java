package io.incidentbridge.audit;

import io.incidentbridge.security.MountedSecrets;
import io.incidentbridge.security.Secret;
import io.incidentbridge.startup.Finding;
import io.incidentbridge.startup.StartupCheck;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.stream.Stream;

/** Refuses a trail that anybody could forge, or that forgets too soon. */
@Singleton
class AuditCheck implements StartupCheck {

    private static final String KEY = "bridge.audit.key";
    private static final int SHORTEST = 32;
    private static final Duration LEAST_RETENTION = Duration.ofDays(1);

    private final AuditConfig config;
    private final Secret secret;

    AuditCheck(AuditConfig config, MountedSecrets files) {
        this.config = config;
        this.secret = files.secret(KEY, config.key(), config.keyFile());
    }

    @Override
    public Stream<Finding> check() {
        return Stream.concat(key(), retention());
    }

    private Stream<Finding> key() {
        if (config.key().isEmpty() && config.keyFile().isEmpty()) {
            return Stream.of(Finding.questionable(
                    KEY,
                    "is not set, so it is derived from bridge.security.hash-key",
                    "set " + KEY + "-file, so that each of the two can be changed without the other"));
        }
        boolean weak = secret.current().stream()
                .flatMap(String::lines)
                .map(String::strip)
                .anyMatch(line -> !line.isEmpty() && line.length() < SHORTEST);
        Stream<Finding> tooShort = weak
                ? Stream.of(Finding.unsafe(
                        KEY,
                        "is too short",
                        "set a random secret of at least 32 characters, the same for all replicas"))
                : Stream.empty();
        return Stream.concat(secret.check(), tooShort);
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
