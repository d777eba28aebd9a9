package io.incidentbridge.outbox;

import io.incidentbridge.redis.DurableWrites;
import io.incidentbridge.startup.Finding;
import io.incidentbridge.startup.StartupCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.stream.Stream;

/** Finds promises that this Redis or these settings cannot keep. */
@ApplicationScoped
class OutboxCheck implements StartupCheck {

    private final OutboxConfig config;
    private final DurableWrites writes;

    OutboxCheck(OutboxConfig config, DurableWrites writes) {
        this.config = config;
        this.writes = writes;
    }

    @Override
    public Stream<Finding> check() {
        return Stream.concat(claims(), writes.check("bridge.outbox.durability", config.durability()));
    }

    private Stream<Finding> claims() {
        return config.claim().compareTo(config.handlerDeadline()) > 0
                ? Stream.empty()
                : Stream.of(Finding.unsafe(
                        "bridge.outbox.claim",
                        "is not longer than bridge.outbox.handler-deadline, so that two replicas work on one item",
                        "make it some seconds longer"));
    }
}
