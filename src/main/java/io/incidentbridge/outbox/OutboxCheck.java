package io.incidentbridge.outbox;

import io.incidentbridge.redis.Durability;
import io.incidentbridge.redis.DurableWrites;
import io.incidentbridge.startup.Finding;
import io.incidentbridge.startup.StartupCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.stream.Stream;

/** Finds promises that this Redis or these settings cannot keep. */
@ApplicationScoped
class OutboxCheck implements StartupCheck {

    private static final Duration LONGEST = Duration.ofSeconds(3);

    private final OutboxConfig config;
    private final DurableWrites writes;

    OutboxCheck(OutboxConfig config, DurableWrites writes) {
        this.config = config;
        this.writes = writes;
    }

    @Override
    public Stream<Finding> check() {
        return Stream.concat(claims(), durability());
    }

    private Stream<Finding> claims() {
        return config.claim().compareTo(config.handlerDeadline()) > 0
                ? Stream.empty()
                : Stream.of(Finding.unsafe(
                        "bridge.outbox.claim",
                        "is not longer than bridge.outbox.handler-deadline, so that two replicas work on one item",
                        "make it some seconds longer"));
    }

    /** A server that is away is no finding: it may be as asked when it is back. */
    private Stream<Finding> durability() {
        Durability asked = config.durability();
        boolean possible = writes.isPossible(asked)
                .ifNoItem()
                .after(LONGEST)
                .recoverWithItem(true)
                .onFailure()
                .recoverWithItem(true)
                .await()
                .indefinitely();
        if (possible) {
            return Stream.empty();
        }
        return Stream.of(
                asked == Durability.FSYNC
                        ? Finding.unsafe(
                                "bridge.outbox.durability",
                                "is fsync, which this Redis cannot promise: everything would be refused",
                                "use Redis 7.2 with appendonly yes, or appendfsync always, or another durability")
                        : Finding.questionable(
                                "bridge.outbox.durability",
                                "is replicated, but the server has no replica now: everything is refused until it has",
                                "add a replica, or use another durability"));
    }
}
