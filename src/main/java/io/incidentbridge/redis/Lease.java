package io.incidentbridge.redis;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** One at a time across all replicas, for as long as the lease holds. */
@ApplicationScoped
public class Lease {

    private static final Logger LOG = Logger.getLogger(Lease.class);

    private static final RedisScript RELEASE = RedisScript.load("lease_release");

    private final RedisCommands redis;

    Lease(RedisCommands redis) {
        this.redis = redis;
    }

    /**
     * Runs the work under the lease, or answers {@code otherwise} when somebody else holds it.
     *
     * @param key       with its hash tag; expires with the lease
     * @param length    longer than the work can take: a lease that ran out protects nobody
     * @param unsettled failures after which the work may still be going on elsewhere: the lease is left to run out
     */
    public <T> Uni<T> holding(
            String key,
            Duration length,
            Supplier<Uni<T>> work,
            Supplier<Uni<T>> otherwise,
            Predicate<Throwable> unsettled) {
        String token = UUID.randomUUID().toString();
        return redis.send(Command.SET, key, token, "NX", "PX", Long.toString(length.toMillis()))
                .flatMap(reply -> reply == null
                        ? otherwise.get()
                        : work.get()
                                .onItemOrFailure()
                                .call((done, failure) -> failure != null && unsettled.test(failure)
                                        ? Uni.createFrom().voidItem()
                                        : release(key, token)));
    }

    private Uni<Void> release(String key, String token) {
        return redis.run(RELEASE, List.of(key), List.of(token))
                .onFailure()
                .invoke(failure -> LOG.warnf("lease not released, it runs out by itself reason=%s", failure))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }
}
