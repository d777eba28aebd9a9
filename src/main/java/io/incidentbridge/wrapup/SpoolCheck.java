package io.incidentbridge.wrapup;

import io.incidentbridge.startup.Finding;
import io.incidentbridge.startup.StartupCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.util.stream.Stream;

/** Finds a spool that could not be written to, before it is needed. */
@ApplicationScoped
class SpoolCheck implements StartupCheck {

    private final WrapUpSpool spool;

    SpoolCheck(WrapUpSpool spool) {
        this.spool = spool;
    }

    @Override
    public Stream<Finding> check() {
        if (!spool.isConfigured()) {
            return Stream.empty();
        }
        try {
            spool.toHandOver().await().indefinitely();
            return Stream.empty();
        } catch (UncheckedIOException e) {
            return Stream.of(Finding.unsafe(
                    "bridge.wrapup.spool",
                    "cannot be used: " + e.getCause().getMessage(),
                    "give each replica a directory of its own that it may write to, or remove the key"));
        }
    }
}
