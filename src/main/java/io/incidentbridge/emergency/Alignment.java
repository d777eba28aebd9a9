package io.incidentbridge.emergency;

import io.incidentbridge.emergency.target.Change;
import io.incidentbridge.emergency.target.Observed;
import io.incidentbridge.emergency.target.Routing;
import io.incidentbridge.emergency.target.RoutingTarget;
import io.incidentbridge.itsm.ConnectorException;
import io.incidentbridge.itsm.FailureReason;
import io.incidentbridge.itsm.Failures;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * One target in one pass: read, compare, change where needed, read again. What an answer to a change says is never taken
 * for what became of it; only what is read afterwards counts.
 */
final class Alignment {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);

    /** Answers about the request itself: the same request will be answered the same until somebody does something. */
    private static final Set<FailureReason> HARD = EnumSet.of(
            FailureReason.UNAUTHENTICATED, FailureReason.FORBIDDEN, FailureReason.NOT_FOUND, FailureReason.REJECTED);

    private final RoutingTarget target;
    private final Routing wanted;
    private final String reason;
    private final Known known;
    private final boolean sent;
    private final EmergencyConfig.Drift drift;
    private final Writer writer;
    private final Duration confirmFor;

    Alignment(
            RoutingTarget target,
            DesiredRouting desired,
            Snapshot snapshot,
            EmergencyConfig.Drift drift,
            Writer writer,
            Duration confirmFor) {
        this.target = target;
        this.wanted = target.able(desired.routing());
        this.reason = desired.words();
        this.known = snapshot.known(target.name());
        this.sent = snapshot.isSent(target.name());
        this.drift = drift;
        this.writer = writer;
        this.confirmFor = confirmFor;
    }

    /** Never fails: what could not be done is an outcome too, so that it is known of every target what was sent. */
    Uni<Outcome> run() {
        return target.read()
                .onItemOrFailure()
                .transformToUni((preflight, failure) -> failure == null
                        ? decide(preflight)
                        : Uni.createFrom().item(failed(null, Failures.of(target.name(), failure))));
    }

    private Uni<Outcome> decide(Observed preflight) {
        return switch (EmergencyPolicy.decide(wanted, preflight, known, sent, drift)) {
            case HOLD -> Uni.createFrom().item(outcome(Result.IN_SYNC, preflight, preflight, null, ""));
            case AWAIT ->
                Uni.createFrom()
                        .item(outcome(
                                Result.APPLYING, preflight, preflight, null, "Genesys says " + preflight.state()));
            case LEAVE ->
                Uni.createFrom()
                        .item(outcome(
                                Result.DRIFTED, preflight, preflight, null, "changed in Genesys by somebody else"));
            case APPLY -> write(preflight, Result.IN_SYNC);
            case REPAIR -> write(preflight, Result.REPAIRED);
        };
    }

    private Uni<Outcome> write(Observed preflight, Result success) {
        return writer.token().flatMap(refused -> {
            if (refused.isPresent()) {
                return Uni.createFrom().item(failed(preflight, refused.get()));
            }
            try {
                Change change = target.change(wanted, reason, preflight);
                return send(change, preflight, success);
            } catch (ConnectorException harmful) {
                return Uni.createFrom().item(failed(preflight, harmful));
            }
        });
    }

    private Uni<Outcome> send(Change change, Observed preflight, Result success) {
        return writer.send(target.name(), () -> target.apply(change)
                        .onItemOrFailure()
                        .transform((done, failure) ->
                                Optional.ofNullable(failure).map(thrown -> Failures.of(target.name(), thrown))))
                .flatMap(answer -> confirm(change, preflight, success, answer, FIRST_PAUSE))
                // The lease was lost, or Redis is away: found out before the change was sent, as what follows never
                // fails.
                .onFailure()
                .recoverWithItem(failure ->
                        outcome(Result.APPLYING, preflight, preflight, null, "not sent: " + failure.getMessage()));
    }

    private Uni<Outcome> confirm(
            Change change, Observed preflight, Result success, Optional<ConnectorException> answer, Duration pause) {
        writer.keep();
        return target.read().onItemOrFailure().transformToUni((after, failure) -> {
            if (failure != null) {
                String unknown = "sent, outcome not known: "
                        + Failures.of(target.name(), failure).reason();
                return Uni.createFrom().item(outcome(Result.APPLYING, preflight, null, change, unknown));
            }
            if (after.is(wanted)) {
                return Uni.createFrom().item(outcome(success, preflight, after, change, ""));
            }
            if (isFinal(answer) || pause.compareTo(confirmFor) > 0) {
                return Uni.createFrom().item(notDone(change, preflight, after, answer));
            }
            return Uni.createFrom()
                    .voidItem()
                    .onItem()
                    .delayIt()
                    .by(pause)
                    .flatMap(later -> confirm(change, preflight, success, answer, pause.multipliedBy(2)));
        });
    }

    /** A refusal while somebody else's change was under way or had just been made is a conflict, which passes. */
    private Outcome notDone(Change change, Observed preflight, Observed after, Optional<ConnectorException> answer) {
        boolean untouched = after.state() == preflight.state()
                && after.lastUpdated().equals(preflight.lastUpdated())
                && after.state() != Observed.State.PENDING;
        boolean hard = isFinal(answer) && untouched;
        String words = answer.map(Alignment::words).orElse("sent, Genesys says " + after.state());
        return outcome(hard ? Result.FAILED : Result.APPLYING, preflight, after, change, words);
    }

    private Outcome failed(Observed preflight, ConnectorException failure) {
        Result result = HARD.contains(failure.reason()) ? Result.FAILED : Result.APPLYING;
        return outcome(result, preflight, preflight, null, words(failure));
    }

    private static boolean isFinal(Optional<ConnectorException> answer) {
        return answer.filter(refused -> HARD.contains(refused.reason())).isPresent();
    }

    /** Without a vendor's own words. */
    private static String words(ConnectorException failure) {
        return failure.getMessage();
    }

    private Outcome outcome(Result result, Observed preflight, Observed after, Change sent, String why) {
        return new Outcome(target.name(), result, wanted, preflight, after, sent, why);
    }
}
