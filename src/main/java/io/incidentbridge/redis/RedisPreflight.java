package io.incidentbridge.redis;

import io.incidentbridge.redis.RedisPreflightPolicy.Finding;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Looks at the server before the first request, and so also warms the connection up. A server that is away is a warning:
 * lookups are answered without it.
 */
@Singleton
class RedisPreflight {

    private static final Logger LOG = Logger.getLogger(RedisPreflight.class);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);

    private final RedisCommands redis;
    private final RedisConfig config;
    private final Clock clock;
    private final RedisPreflightPolicy policy;

    RedisPreflight(RedisCommands redis, RedisConnections connections, RedisConfig config, Clock clock) {
        this.redis = redis;
        this.config = config;
        this.clock = clock;
        this.policy = new RedisPreflightPolicy(connections.type(), config.clockSkew());
    }

    /** @throws IllegalStateException refuses the start when strict and a finding is serious */
    void onStart(@Observes StartupEvent start) {
        if (config.preflight() == RedisConfig.Mode.OFF) {
            return;
        }
        List<Finding> findings = look().await().indefinitely();
        findings.forEach(finding -> LOG.warnf("Redis preflight: %s", finding.message()));
        String serious =
                findings.stream().filter(Finding::serious).map(Finding::message).collect(Collectors.joining("; "));
        if (config.preflight() == RedisConfig.Mode.STRICT && !serious.isEmpty()) {
            throw new IllegalStateException(
                    "Redis preflight: " + serious + " (bridge.redis.preflight=WARN starts all the same)");
        }
    }

    /** Ends within the preflight's deadline, whatever the server does. */
    Uni<List<Finding>> look() {
        return facts().map(policy::judge)
                .onFailure(RedisUnavailableException.class)
                .retry()
                .withBackOff(PAUSE, LONGEST_PAUSE)
                .expireIn(config.preflightDeadline().toMillis())
                .onFailure()
                .recoverWithItem(away -> List.of(new Finding(
                        false, "the server does not answer: lookups go on without it, nothing else is accepted")));
    }

    private Uni<RedisFacts> facts() {
        // Redis answers a command it does not allow at once; only then is the server known without its INFO.
        Uni<String> info = redis.send(Command.INFO)
                .map(Response::toString)
                .onFailure(failure ->
                        failure.getCause() != null && RedisFailure.of(failure.getCause()) == RedisFailure.REFUSED)
                .recoverWithItem("");
        return info.flatMap(text -> ahead().map(ahead -> RedisFacts.of(text, ahead)));
    }

    private Uni<Duration> ahead() {
        Instant before = clock.instant();
        return redis.send(Command.TIME).map(reply -> {
            Duration half = Duration.between(before, clock.instant()).dividedBy(2);
            Instant theirs =
                    Instant.ofEpochSecond(reply.get(0).toLong(), reply.get(1).toLong() * 1000);
            return Duration.between(before.plus(half), theirs);
        });
    }
}
