package io.incidentbridge.redis;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
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

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final RedisCommands redis;

    /** Of this replica, and no other one ever. */
    private final String holder = UUID.randomUUID().toString();

    private final AtomicLong requests = new AtomicLong();

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
                .onFailure(Lease::mayBeTaken)
                .invoke(lost -> giveBack(key, token, length, true))
                .flatMap(reply -> reply == null
                        ? otherwise.get()
                        : work.get()
                                .onItemOrFailure()
                                .call((done, failure) -> failure != null && unsettled.test(failure)
                                        ? Uni.createFrom().voidItem()
                                        : release(key, token, length)));
    }

    /**
     * Takes the lease, for work that renews it on the way and must know when it has lost it. What this replica holds already
     * it is given anew, which ends the earlier one: it may have been taken without a word of it coming back. So whoever
     * works under a lease of a key asks for no other one meanwhile.
     *
     * @param key    with its hash tag; its fences are counted in {@code <key>:fence}, its holder is in {@code <key>:holder}
     * @param length how long the lease holds without being renewed
     * @return null when somebody else holds it
     */
    public Uni<HeldLease> tryAcquire(String key, Duration length) {
        return Uni.createFrom().deferred(() -> {
            // Before the command is sent: the lease may run out later than this replica believes, never sooner.
            long asked = System.nanoTime();
            String request = Long.toString(requests.incrementAndGet());
            return redis.run(
                            ACQUIRE,
                            List.of(key, key + ":fence", key + ":holder"),
                            List.of(millis(length), holder, request))
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
        return release(held.key(), held.fence(), held.length());
    }

    private static String millis(Duration length) {
        return Long.toString(length.toMillis());
    }

    private Uni<Void> release(String key, String token, Duration length) {
        return redis.run(RELEASE, List.of(key), List.of(token))
                .onFailure()
                .invoke(failure -> {
                    LOG.infof("lease not released, tried again until it runs out reason=%s", failure);
                    giveBack(key, token, length, false);
                })
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    /**
     * Nobody waits for it. It ends when the lease was given back, or would have run out.
     *
     * @param untaken whether the lease may be taken yet, by a command that was given up and is still on its way
     */
    private void giveBack(String key, String token, Duration length, boolean untaken) {
        redis.run(RELEASE, List.of(key), List.of(token))
                .invoke(reply -> {
                    if (untaken && reply.toInteger() == 0) {
                        throw new IllegalStateException("not taken yet");
                    }
                })
                .onFailure()
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .expireIn(length.toMillis())
                .subscribe()
                .with(given -> {}, failure -> LOG.debugf("lease not given back, it has run out reason=%s", failure));
    }

    /** Whether a command that failed may have been done, or may yet be. */
    private static boolean mayBeTaken(Throwable failure) {
        return failure.getCause() != null
                && switch (RedisFailure.of(failure.getCause())) {
                    case TIMED_OUT, LOST -> true;
                    case REFUSED, NOT_RUN -> false;
                };
    }
}
