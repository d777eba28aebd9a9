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

    private static final RedisScript ACQUIRE = RedisScript.load("lease_acquire");
    private static final RedisScript RENEW = RedisScript.load("lease_renew");
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
        return redis.send(Command.SET, key, token, "NX", "PX", millis(length))
                .flatMap(reply -> reply == null
                        ? otherwise.get()
                        : work.get()
                                .onItemOrFailure()
                                .call((done, failure) -> failure != null && unsettled.test(failure)
                                        ? Uni.createFrom().voidItem()
                                        : release(key, token)));
    }

    /**
     * Takes the lease, for work that renews it on the way and must know when it has lost it.
     *
     * @param key    with its hash tag; its fences are counted in {@code <key>:fence}
     * @param length how long the lease holds without being renewed
     * @return null when somebody else holds it
     */
    public Uni<HeldLease> tryAcquire(String key, Duration length) {
        return Uni.createFrom().deferred(() -> {
            // Before the command is sent: the lease may run out later than this replica believes, never sooner.
            long asked = System.nanoTime();
            return redis.run(ACQUIRE, List.of(key, key + ":fence"), List.of(millis(length)))
                    .map(reply -> reply.toString().isEmpty()
                            ? null
                            : new HeldLease(key, reply.toString(), length, asked + length.toNanos()));
        });
    }

    /** Lengthens it anew; false when it was lost meanwhile. */
    public Uni<Boolean> renew(HeldLease held) {
        return Uni.createFrom().deferred(() -> {
            long asked = System.nanoTime();
            return redis.run(RENEW, List.of(held.key()), List.of(held.fence(), millis(held.length())))
                    .map(reply -> {
                        boolean ours = reply.toInteger() == 1;
                        held.until(ours ? asked + held.length().toNanos() : asked);
                        return ours;
                    });
        });
    }

    /** Gives it back; does nothing when it was lost. Never fails: what is not released runs out. */
    public Uni<Void> release(HeldLease held) {
        return release(held.key(), held.fence());
    }

    private static String millis(Duration length) {
        return Long.toString(length.toMillis());
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
