package io.incidentbridge.priority;

import io.incidentbridge.startup.Finding;
import io.incidentbridge.startup.StartupCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.stream.Stream;

/** A queue priority that Genesys refuses, or that raises nobody, would only be noticed by a caller. */
@ApplicationScoped
class PriorityCheck implements StartupCheck {

    private static final int HIGHEST = 25_000_000;

    private final PriorityConfig config;

    PriorityCheck(PriorityConfig config) {
        this.config = config;
    }

    @Override
    public Stream<Finding> check() {
        return config.levels().entrySet().stream()
                .filter(level -> level.getValue() < 1 || level.getValue() > HIGHEST)
                .map(level -> Finding.unsafe(
                        "bridge.priority.levels." + level.getKey(),
                        "is not a queue priority that raises somebody",
                        "set 1 to 25000000, or leave it out"));
    }
}
