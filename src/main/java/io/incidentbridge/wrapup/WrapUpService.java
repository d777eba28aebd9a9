package io.incidentbridge.wrapup;

import io.incidentbridge.metrics.BridgeMetrics;
import io.incidentbridge.outage.OutageBreaker;
import io.incidentbridge.outbox.AtOnce;
import io.incidentbridge.outbox.OutboxOutcome;
import io.incidentbridge.outbox.OutboxWorker;
import io.incidentbridge.problem.ProblemException;
import io.incidentbridge.problem.ProblemType;
import io.incidentbridge.redis.RedisUnavailableException;
import io.incidentbridge.wrapup.Standing.Decision;
import io.incidentbridge.wrapup.WrapUpReceipt.Status;
import io.incidentbridge.wrapup.WrapUpSpool.Spooled;
import io.incidentbridge.wrapup.WrapUpStore.Event;
import io.incidentbridge.wrapup.WrapUpStore.Taken;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The rule: a wrap-up is answered once it is kept, and leaves one ticket. What becomes of it is decided once, when its
 * conversation is new; a repeat answers how it stands, an amendment changes the same ticket.
 */
@ApplicationScoped
class WrapUpService {

    private static final Logger LOG = Logger.getLogger(WrapUpService.class);

    /** How often to look whether another replica, or earlier work of the conversation, is done. */
    private static final Duration LOOK = Duration.ofMillis(100);

    private final WrapUpStore store;
    private final OutboxWorker worker;
    private final OutageBreaker outage;
    private final WrapUpSpool spool;
    private final BridgeMetrics metrics;
    private final Clock clock;

    WrapUpService(
            WrapUpStore store,
            OutboxWorker worker,
            OutageBreaker outage,
            WrapUpSpool spool,
            BridgeMetrics metrics,
            Clock clock) {
        this.store = store;
        this.worker = worker;
        this.outage = outage;
        this.spool = spool;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** @param wait longest wait for the incident's number, once the wrap-up is kept */
    Uni<WrapUpReceipt> record(WrapUp wrapUp, Duration wait) {
        return keep(wrapUp, wrapUp.endedBefore(clock.instant()), Optional.empty())
                .map(kept -> answer(wrapUp, kept, wait))
                .onFailure(RedisUnavailableException.class)
                .recoverWithItem(away -> spool.keep(wrapUp, away))
                .flatMap(answer -> answer)
                .invoke(receipt -> metrics.wrapUp(receipt.status().name()));
    }

    /** How a conversation's wrap-up stands. */
    Uni<Optional<WrapUpReceipt>> find(String conversationId) {
        return store.find(conversationId)
                .flatMap(found -> found.map(standing -> withMaster(standing).map(Optional::of))
                        .orElseGet(() -> Uni.createFrom().item(Optional.empty())))
                .map(found -> found.map(this::receipt));
    }

    /** A call may be noted before its master incident exists. */
    private Uni<Standing> withMaster(Standing standing) {
        return standing.decision() == Decision.NOTE && standing.master().isEmpty()
                ? outage.view(standing.noteTopic()).map(standing::withMasterOf)
                : Uni.createFrom().item(standing);
    }

    /**
     * A wrap-up in Redis.
     *
     * @param work the work it made, begun here; null when it made none, or it is done elsewhere
     */
    record Kept(Taken taken, Uni<OutboxOutcome> work) {}

    /** Keeps a wrap-up that was spooled: what its conversation has said since then stays. */
    Uni<Kept> handOver(Spooled spooled) {
        return keep(spooled.wrapUp(), Optional.empty(), Optional.of(spooled.at()));
    }

    /** Goes on when the caller has hung up, so that what was claimed for it is worked. */
    private Uni<Kept> keep(WrapUp wrapUp, Optional<Duration> afterCall, Optional<Instant> spooled) {
        Uni<Kept> kept = Uni.createFrom()
                .deferred(() -> decideAndTake(wrapUp, afterCall, spooled))
                .memoize()
                .indefinitely();
        kept.subscribe().with(done -> {}, failure -> LOG.debug("wrap-up not kept", failure));
        return kept;
    }

    private Uni<Kept> decideAndTake(WrapUp wrapUp, Optional<Duration> afterCall, Optional<Instant> spooled) {
        String topic = outage.topic(wrapUp.get("wrapUpCode"), wrapUp.get("category"), wrapUp.get("queueName"));
        return outage.onWrapUp(topic)
                .flatMap(decision -> take(wrapUp, Verdict.of(decision, wrapUp, topic), afterCall, spooled))
                .invoke(kept -> {
                    // The calls of all the time that Redis was away would look like a surge of this moment.
                    if (kept.taken().event() == Event.NEW && spooled.isEmpty()) {
                        outage.onNewCall(topic);
                    }
                });
    }

    private Uni<Kept> take(WrapUp wrapUp, Verdict verdict, Optional<Duration> afterCall, Optional<Instant> spooled) {
        AtOnce place = worker.reserve(verdict.kind());
        return store.take(wrapUp, verdict, place, afterCall, spooled)
                .onFailure()
                .invoke(place::release)
                .map(taken -> taken.claimed() == null ? unclaimed(taken, place) : claimed(taken, place));
    }

    private static Kept claimed(Taken taken, AtOnce place) {
        return new Kept(taken, place.work(taken.claimed()));
    }

    private static Kept unclaimed(Taken taken, AtOnce place) {
        place.release();
        return new Kept(taken, null);
    }

    private Uni<WrapUpReceipt> answer(WrapUp wrapUp, Kept kept, Duration wait) {
        Standing standing = kept.taken().standing();
        if (kept.taken().event() == Event.FULL) {
            throw new ProblemException(ProblemType.RATE_LIMITED, "This wrap-up has been amended too often.");
        }
        if (standing.status() != Status.DEFERRED || wait.isZero()) {
            return Uni.createFrom().item(receipt(standing));
        }
        Uni<WrapUpReceipt> settled = kept.work() == null
                ? look(wrapUp.conversationId())
                : kept.work().map(outcome -> receipt(standing.after(outcome)));
        return settled.ifNoItem()
                .after(wait)
                .recoverWithItem(() -> receipt(standing))
                .onFailure(RedisUnavailableException.class)
                .recoverWithItem(() -> receipt(standing));
    }

    private WrapUpReceipt receipt(Standing standing) {
        return standing.receipt(
                standing.decision() == Decision.NOTE
                        ? outage.announcements(standing.about(), standing.master())
                        : List.of());
    }

    private Uni<WrapUpReceipt> look(String conversationId) {
        return Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(LOOK)
                .flatMap(later -> find(conversationId))
                .flatMap(found -> found.filter(receipt -> receipt.status() != Status.DEFERRED)
                        .map(receipt -> Uni.createFrom().item(receipt))
                        .orElseGet(() -> look(conversationId)));
    }
}
