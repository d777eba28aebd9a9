package io.incidentbridge.priority;

import io.incidentbridge.audit.AuditTrail;
import io.incidentbridge.conversation.LiveConversations;
import io.incidentbridge.conversation.SuggestedPriority;
import io.incidentbridge.genesys.Conversation;
import io.incidentbridge.genesys.GenesysConnector;
import io.incidentbridge.itsm.ConnectorException;
import io.incidentbridge.itsm.FailureReason;
import io.incidentbridge.metrics.WebhookMetrics;
import io.incidentbridge.priority.PriorityPolicy.Decision;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Brings a caller's waiting call in line with what the caller's incidents ask for; one at a time for each caller. */
@ApplicationScoped
class WaitingCalls {

    /** Longer than three conversations can take when Genesys hangs; whoever comes second looks again, or comes back. */
    private static final Duration LEASE = Duration.ofSeconds(40);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    private static final int LOOKS = 100;

    private final PriorityConfig config;
    private final LiveConversations conversations;
    private final SuggestedPriority suggested;
    private final GenesysConnector genesys;
    private final AuditTrail audit;
    private final WebhookMetrics metrics;
    private final Clock clock;
    private final Flights flights = new Flights();

    WaitingCalls(
            PriorityConfig config,
            LiveConversations conversations,
            SuggestedPriority suggested,
            GenesysConnector genesys,
            AuditTrail audit,
            WebhookMetrics metrics,
            Clock clock) {
        this.config = config;
        this.conversations = conversations;
        this.suggested = suggested;
        this.genesys = genesys;
        this.audit = audit;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** @param cause the incident, for the audit trail */
    Uni<Void> align(String userSysId, String cause, Instant accepted) {
        return flights.run(userSysId, () -> alone(new Work(userSysId, cause, accepted), LOOKS));
    }

    private Uni<Void> alone(Work work, int looks) {
        return suggested.alone(
                work.user(),
                LEASE,
                () -> alignAll(work),
                () -> looks == 0
                        ? Uni.createFrom().failure(conflict("another replica is at this caller's calls"))
                        : Uni.createFrom()
                                .voidItem()
                                .onItem()
                                .delayIt()
                                .by(LOOK_AGAIN)
                                .flatMap(later -> alone(work, looks - 1)));
    }

    private Uni<Void> alignAll(Work work) {
        return Uni.combine()
                .all()
                .unis(suggested.of(work.user()), conversations.of(work.user()))
                .asTuple()
                .flatMap(known -> each(work, known.getItem1(), known.getItem2()));
    }

    private Uni<Void> each(Work work, int priority, List<String> ids) {
        if (ids.isEmpty()) {
            return outcome(work, priority > 0 ? "remembered" : "not_waiting");
        }
        return Multi.createFrom()
                .iterable(ids)
                .select()
                .first(config.conversations())
                .onItem()
                .transformToUniAndConcatenate(id -> align(work, id, priority))
                .collect()
                .asList()
                .replaceWithVoid();
    }

    private Uni<Void> align(Work work, String id, int priority) {
        return genesys.conversation(id)
                .map(Optional::of)
                .onFailure(WaitingCalls::isGone)
                .recoverWithItem(Optional.empty())
                .flatMap(found -> found.isEmpty() || found.get().isOver()
                        ? forget(work, id)
                        : alignLive(work, found.get(), priority));
    }

    private Uni<Void> alignLive(Work work, Conversation conversation, int priority) {
        Optional<Conversation.Participant> waiting = conversation.waiting();
        if (waiting.isPresent()) {
            int current = waiting.get().priority();
            return suggested
                    .raised(work.user(), conversation.id())
                    .flatMap(raised ->
                            change(work, conversation.id(), current, PriorityPolicy.decide(current, priority, raised)));
        }
        boolean young = work.age(clock).compareTo(config.arriving()) < 0;
        return conversation.isArriving() && priority > 0 && young
                ? Uni.createFrom().failure(conflict("the call has not reached its queue yet"))
                : outcome(work, "not_waiting");
    }

    private Uni<Void> change(Work work, String id, int current, Decision decision) {
        Uni<Void> remembered = decision.raised()
                .map(raised -> suggested.raise(work.user(), id, raised))
                .orElseGet(() -> Uni.createFrom().voidItem());
        Uni<Void> changed = remembered.chain(() -> decision.done()
                ? outcome(work, "unchanged")
                : genesys.setPriority(id, decision.target())
                        .chain(() -> changed(work, id, current, decision))
                        .onFailure(WaitingCalls::isGone)
                        .recoverWithUni(() -> outcome(work, "not_waiting")));
        return decision.raised().isPresent() ? changed : changed.chain(() -> suggested.release(work.user(), id));
    }

    private Uni<Void> changed(Work work, String id, int current, Decision decision) {
        AuditTrail.Entry entry = new AuditTrail.Entry(
                "priority",
                "conversation.prioritised",
                "conversation/" + id,
                Map.of("priority", Integer.toString(current)),
                Map.of("priority", Integer.toString(decision.target()), "incident", work.cause()),
                id);
        return outcome(work, decision.target() > current ? "raised" : "restored")
                .call(() -> audit.tell(entry));
    }

    private Uni<Void> forget(Work work, String id) {
        return conversations
                .forget(work.user(), id)
                .chain(() -> suggested.release(work.user(), id))
                .chain(() -> outcome(work, "not_waiting"));
    }

    private Uni<Void> outcome(Work work, String outcome) {
        metrics.priority(outcome, work.age(clock));
        return Uni.createFrom().voidItem();
    }

    /** Routing knows only what waits, so "not found" of a change means that it no longer does. */
    private static boolean isGone(Throwable failure) {
        return failure instanceof ConnectorException known && known.reason() == FailureReason.NOT_FOUND;
    }

    private static ConnectorException conflict(String message) {
        return ConnectorException.of(GenesysConnector.VENDOR, FailureReason.CONFLICT, message, null);
    }

    /** @param accepted when the first event that this is for was accepted */
    private record Work(String user, String cause, Instant accepted) {

        Duration age(Clock clock) {
            return Duration.between(accepted, clock.instant());
        }
    }
}
