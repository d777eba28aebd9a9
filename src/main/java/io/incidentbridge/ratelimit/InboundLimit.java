package io.incidentbridge.ratelimit;

import io.incidentbridge.metrics.BridgeMetrics;
import io.incidentbridge.redis.RedisCommands;
import io.incidentbridge.redis.RedisScript;
import io.incidentbridge.redis.RedisUnavailableException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * How much one client may ask of one operation, counted over all replicas. Without Redis everybody is admitted: a limit that
 * cannot be known must not take the service desk off the phone.
 */
@ApplicationScoped
public class InboundLimit {

    private static final RedisScript LIMIT = RedisScript.load("inbound_limit");

    private final InboundConfig config;
    private final RedisCommands redis;
    private final BridgeMetrics metrics;

    InboundLimit(InboundConfig config, RedisCommands redis, BridgeMetrics metrics) {
        this.config = config;
        this.redis = redis;
        this.metrics = metrics;
    }

    /**
     * Counts a request.
     *
     * @param client    name of a credential
     * @param operation for example {@code caller.lookup}
     * @return what the client is to be told, empty for nothing
     */
    Uni<Optional<InboundQuota>> count(String client, String operation) {
        return switch (config.mode()) {
            case OFF -> Uni.createFrom().item(Optional.empty());
            case SHADOW -> {
                // The caller does not wait for a count that changes nothing.
                ask(client, operation).subscribe().with(counted -> {});
                yield Uni.createFrom().item(Optional.empty());
            }
            case ENFORCE -> ask(client, operation);
        };
    }

    private Uni<Optional<InboundQuota>> ask(String client, String operation) {
        InboundConfig.Rate rate = config.operations().getOrDefault(operation, config.standard());
        long interval = Math.max(1, TimeUnit.NANOSECONDS.toMicros(rate.period().toNanos()) / rate.limit());
        return redis.run(
                        LIMIT,
                        List.of("ib:{limit:" + client + ":" + operation + "}"),
                        List.of(Long.toString(interval), Long.toString(rate.burst())))
                .map(reply -> Optional.of(new InboundQuota(
                        operation,
                        reply.get(0).toInteger() == 1,
                        rate.burst(),
                        Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(interval * rate.burst())),
                        reply.get(1).toLong(),
                        Duration.ofMillis(reply.get(2).toLong()))))
                .invoke(quota -> metrics.inbound(operation, outcome(quota.get())))
                .onFailure(RedisUnavailableException.class)
                .recoverWithItem(() -> {
                    metrics.inbound(operation, "unknown");
                    return Optional.empty();
                });
    }

    private String outcome(InboundQuota quota) {
        if (quota.within()) {
            return "within";
        }
        return config.mode() == InboundConfig.Mode.ENFORCE ? "refused" : "over";
    }
}
