package io.incidentbridge.idempotency;

import io.incidentbridge.metrics.BridgeMetrics;
import io.incidentbridge.problem.ProblemException;
import io.incidentbridge.redis.RedisUnavailableException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Does once what several requests with one key ask for, and gives the others the first one's answer.
 *
 * <p>A guard that cannot remember refuses: without Redis nothing is begun (503), as a repeat could not be told from a
 * first request. What was done and could not be remembered is answered all the same; a repeat finds the claim, waits for
 * it to run out, and resumes.
 */
@ApplicationScoped
public class IdempotencyGuard {

    private static final Logger LOG = Logger.getLogger(IdempotencyGuard.class);

    /** Most requests are done by then; one that is not is told so again. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final IdempotencyStore store;
    private final BridgeMetrics metrics;

    IdempotencyGuard(IdempotencyStore store, BridgeMetrics metrics) {
        this.store = store;
        this.metrics = metrics;
    }

    /**
     * Does it, or answers as it was answered before.
     *
     * @param fingerprint of everything that makes the request what it is
     * @param action      looks first when its claim says resume
     */
    public Uni<Reply> once(IdempotencyKey key, String fingerprint, Function<Claim, Uni<Reply>> action) {
        return begin(key, fingerprint)
                .flatMap(begun -> begun.replay() != null
                        ? Uni.createFrom().item(begun.replay())
                        : action.apply(begun.claim()).onItemOrFailure().call((reply, failure) -> {
                            Finality finality = failure == null ? Finality.of(reply.status(), false) : Finality.UNKNOWN;
                            return settle(begun.claim(), finality, reply);
                        }));
    }

    /** Fails with {@link ProblemException} when it must not be done under this key, or not now. */
    Uni<Begun> begin(IdempotencyKey key, String fingerprint) {
        return store.begin(key, fingerprint)
                .onFailure(RedisUnavailableException.class)
                .transform(away -> Refusal.unavailable())
                .map(this::decide);
    }

    /** Notes how it ended; never fails, as the request has its answer. */
    Uni<Void> settle(Claim claim, Finality finality, Reply reply) {
        Uni<Boolean> noted =
                switch (finality) {
                    case FINAL -> store.finish(claim, reply);
                    case NO_EFFECT -> store.abandon(claim, true);
                    case UNKNOWN -> store.abandon(claim, false);
                };
        return noted.invoke(this::onNoted)
                .onFailure(RedisUnavailableException.class)
                .invoke(away -> LOG.warnf("answer not remembered reason=%s", away.getMessage()))
                .onFailure(RedisUnavailableException.class)
                .recoverWithItem(false)
                .replaceWithVoid();
    }

    private Begun decide(Standing standing) {
        metrics.idempotency(standing.kind().name().toLowerCase(Locale.ROOT));
        return switch (standing.kind()) {
            case RUN, RESUME -> new Begun(standing.claim(), null);
            case REPLAY -> new Begun(null, standing.reply());
            case BUSY -> throw Refusal.inFlight(least(standing.left(), RETRY_AFTER));
            case TOO_LARGE -> throw Refusal.tooLarge();
            case OTHER_PAYLOAD -> throw Refusal.otherPayload();
        };
    }

    private void onNoted(boolean ours) {
        if (!ours) {
            metrics.idempotency("lost");
            LOG.warn("a request took longer than its claim; a later one has taken over");
        }
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** One of them is null. */
    record Begun(Claim claim, Reply replay) {}
}
