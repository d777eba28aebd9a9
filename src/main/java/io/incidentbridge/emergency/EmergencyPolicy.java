package io.incidentbridge.emergency;

import io.incidentbridge.emergency.target.Observed;
import io.incidentbridge.emergency.target.Routing;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What shall be, and what to do about what is. Looks at states only, never at the event that caused the look, and is
 * handed the time.
 */
final class EmergencyPolicy {

    private static final int MOST_QUEUES = 50;

    private static final Comparator<Claim> ORDER =
            Comparator.comparingInt(Claim::severity).thenComparing(Claim::since).thenComparing(Claim::id);

    private EmergencyPolicy() {}

    /** What to do about a target. */
    enum Step {
        /** It is as desired. */
        HOLD,
        /** Bring it to what is desired. */
        APPLY,
        /** As APPLY; it was changed since it was last as desired, by somebody else or by a change that came late. */
        REPAIR,
        /** Somebody else has changed it, and it stays so until something else is desired. */
        LEAVE,
        /** A change is under way there, or its state is not known: look again. */
        AWAIT
    }

    /**
     * The most severe incident's queues first, then those of the others; of equally severe ones the older's. An override
     * stands above all incidents until its end.
     *
     * @param priority of emergency calls
     */
    static DesiredRouting desired(Snapshot snapshot, int priority) {
        List<Claim> open = snapshot.claims().stream()
                .filter(claim -> claim.isOpen(snapshot.now()))
                .sorted(ORDER)
                .toList();
        return snapshot.override()
                .map(override -> overridden(override, open, priority))
                .orElseGet(() -> open.isEmpty() ? ended(snapshot.cause()) : held(open, priority));
    }

    private static DesiredRouting overridden(Forced override, List<Claim> open, int priority) {
        boolean active = override.mode() == Forced.Mode.ACTIVE;
        String reason = "override by " + override.actor() + ": " + override.reason();
        return new DesiredRouting(
                new Routing(active, override.queueIds(), priority),
                reason,
                reason,
                "override",
                override.actor(),
                active ? ids(open) : List.of(),
                earliest(Stream.concat(open.stream().map(Claim::until), Stream.of(override.until()))));
    }

    private static DesiredRouting held(List<Claim> open, int priority) {
        List<String> queues = open.stream()
                .flatMap(claim -> claim.queueIds().stream())
                .distinct()
                .limit(MOST_QUEUES)
                .toList();
        Claim first = open.get(0);
        String words = first.title().isEmpty() ? first.type() : first.title();
        return new DesiredRouting(
                new Routing(true, queues, priority),
                first.id() + ": " + first.type(),
                first.id() + ": " + words,
                first.id(),
                first.by(),
                ids(open),
                earliest(open.stream().map(Claim::until)));
    }

    /** Begins with what ended last, so that the end of an emergency names its incident too. */
    private static DesiredRouting ended(Snapshot.Cause cause) {
        String reason = cause.id() + ": " + cause.how().toLowerCase(Locale.ROOT) + ", no incident is open";
        return new DesiredRouting(Routing.INACTIVE, reason, reason, "", cause.by(), List.of(), null);
    }

    private static List<String> ids(List<Claim> claims) {
        return claims.stream().map(Claim::id).toList();
    }

    private static Instant earliest(Stream<Instant> times) {
        return times.min(Comparator.naturalOrder()).orElse(null);
    }

    /**
     * @param wanted what of the desired routing the target can hold
     * @param sent   whether the bridge has sent something that was not read as wanted since, so that what is found may be its
     *     own work: that is set right whatever is configured for others' changes
     */
    static Step decide(Routing wanted, Observed observed, Known known, boolean sent, EmergencyConfig.Drift drift) {
        return switch (observed.state()) {
            case PENDING, UNKNOWN -> Step.AWAIT;
            case ABSENT -> Step.APPLY;
            case ACTIVE, INACTIVE -> {
                if (observed.is(wanted)) {
                    yield Step.HOLD;
                }
                if (!wanted.equals(known.confirmed())) {
                    yield Step.APPLY;
                }
                yield sent || drift == EmergencyConfig.Drift.CORRECT ? Step.REPAIR : Step.LEAVE;
            }
        };
    }
}
