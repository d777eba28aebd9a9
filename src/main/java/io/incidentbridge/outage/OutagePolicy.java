package io.incidentbridge.outage;

import io.incidentbridge.outage.OutageState.Mode;
import io.incidentbridge.outage.OutageState.Why;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What becomes of a topic's state; pure, and the same on every replica.
 *
 * <pre>
 * CLOSED ----- a threshold is reached by what came since; an operator trips it --> OPEN
 * OPEN ------- calm for a while and the shortest time is over; master resolved --> HALF_OPEN
 * HALF_OPEN -- a threshold is reached by what came since; an operator trips it --> OPEN
 * HALF_OPEN -- calm for a while -------------------------------------------------> CLOSED
 * OPEN, HALF_OPEN -- an operator resets it --------------------------------------> CLOSED
 * </pre>
 *
 * <p>Calm is a part of the threshold (hysteresis): between the two nothing changes, and what comes and goes starts the
 * while anew. What an operator holds, open or closed, no signal changes until it is released or its time has come.
 *
 * <p>What is usual for a topic is measured only while it is closed. So what was usual when it opened is kept: as calm as
 * that is calm enough, also where it is more than that part of the threshold, and it stands in until an outage's end has
 * been as long ago as the measure reaches back.
 */
final class OutagePolicy {

    /** As calm as usual: calls come by chance, not evenly. */
    private static final double USUAL_AT_MOST = 1.2;

    private final OutageConfig config;

    OutagePolicy(OutageConfig config) {
        this.config = config;
    }

    OutageState onSignals(OutageState known, Signals signals, Instant now) {
        // Opened without a look at the signals, or stored by an earlier version.
        boolean unseen = known.mode() != Mode.CLOSED && known.usual() == null;
        OutageState state = unseen ? known.withUsual(signals.baseline()) : known;
        if (state.held()) {
            boolean ended = state.heldUntil() != null && !state.heldUntil().isAfter(now);
            return ended ? onRelease(state) : state;
        }
        Optional<Why> trigger = trigger(state, signals, now);
        return switch (state.mode()) {
            case CLOSED ->
                trigger.map(why -> state.next(Mode.OPEN, why, now).withUsual(usual(state, signals, now)))
                        .orElse(state);
            case OPEN -> recover(state, signals, now, later(config.calmFor(), config.minOpen(), state), Mode.HALF_OPEN);
            case HALF_OPEN ->
                trigger.map(why -> state.next(Mode.OPEN, why, now))
                        .orElseGet(() -> recover(state, signals, now, config.closeAfter(), Mode.CLOSED));
        };
    }

    /** Opens it now; without {@code until} the signals decide when it ends. */
    OutageState onTrip(OutageState state, Why why, Instant until, Instant now) {
        OutageState open = state.mode() == Mode.OPEN ? state : opened(state, why, now);
        return until == null ? open : open.hold(true, until);
    }

    /** Ends it now, and whatever an operator holds. */
    OutageState onReset(OutageState state, Why why, Instant now) {
        OutageState released = state.hold(false, null);
        return state.mode() == Mode.CLOSED ? released : released.next(Mode.CLOSED, why, now);
    }

    /** Keeps it open or closed until it is released or, where given, until a moment. */
    OutageState onForce(OutageState state, Mode mode, Why why, Instant until, Instant now) {
        if (state.mode() == mode) {
            return state.hold(true, until);
        }
        OutageState forced = mode == Mode.OPEN ? opened(state, why, now) : state.next(mode, why, now);
        return forced.hold(true, until);
    }

    /** Without a look at the signals: what is usual is not known unless it was noted lately. */
    private OutageState opened(OutageState state, Why why, Instant now) {
        OutageState open = state.next(Mode.OPEN, why, now);
        return isUsualKept(state, now) ? open : open.withUsual(null);
    }

    /** Leaves it to the signals again. */
    OutageState onRelease(OutageState state) {
        return state.held() ? state.hold(false, null) : state;
    }

    OutageState onMasterResolved(OutageState state, Why why, Instant now) {
        return state.mode() == Mode.OPEN && !state.held() ? state.next(Mode.HALF_OPEN, why, now) : state;
    }

    OutageState onMaster(OutageState state, Master master) {
        return state.mode() == Mode.CLOSED || state.master().equals(master) ? state : state.with(master);
    }

    /** The count at which a topic opens. */
    long threshold(OutageState state, Signals signals, Instant now) {
        if (state.isGlobal()) {
            return config.global().refusals();
        }
        return threshold(surge(state.topic()), usual(state, signals, now));
    }

    private static long threshold(OutageConfig.Surge surge, double usual) {
        return isUnusual(surge, usual) ? unusual(surge, usual) : surge.calls();
    }

    /** A topic's usual calls in a window. */
    private double usual(OutageState state, Signals signals, Instant now) {
        return isUsualKept(state, now) ? Math.max(signals.baseline(), state.usual()) : signals.baseline();
    }

    /** Whether what was usual when it opened last still counts, as too little has been measured since it closed. */
    private boolean isUsualKept(OutageState state, Instant now) {
        return state.usual() != null
                && (state.mode() != Mode.CLOSED
                        || state.since().plus(config.baseline()).isAfter(now));
    }

    OutageConfig.Surge surge(String topic) {
        return config.surges().getOrDefault(topic, config.surge());
    }

    private Optional<Why> trigger(OutageState state, Signals signals, Instant now) {
        return state.isGlobal() ? globalTrigger(signals) : surge(state, signals, now);
    }

    private Optional<Why> surge(OutageState state, Signals signals, Instant now) {
        long threshold = threshold(state, signals, now);
        if (signals.count() < threshold) {
            return Optional.empty();
        }
        Cause cause = threshold < surge(state.topic()).calls() ? Cause.UNUSUAL_SURGE : Cause.SURGE;
        return Optional.of(Why.bridge(
                cause,
                String.format(
                        Locale.ROOT,
                        "calls=%d window=%s threshold=%d usual=%.1f",
                        signals.count(),
                        config.window(),
                        threshold,
                        usual(state, signals, now))));
    }

    private Optional<Why> globalTrigger(Signals signals) {
        OutageConfig.Global limits = config.global();
        if (signals.count() >= limits.refusals()) {
            return because(Cause.VENDOR_REFUSALS, "refusals", signals.count(), limits.refusals());
        }
        if (isDown(signals)) {
            return because(Cause.CLIENT_BREAKER, "replicas", signals.replicasDown(), signals.replicas());
        }
        if (signals.backlogOld() >= limits.backlogOld()) {
            return because(Cause.BACKLOG_AGE, "old", signals.backlogOld(), limits.backlogOld());
        }
        if (signals.backlogDepth() >= limits.backlogDepth()) {
            return because(Cause.BACKLOG_DEPTH, "waiting", signals.backlogDepth(), limits.backlogDepth());
        }
        return Optional.empty();
    }

    private static Optional<Why> because(Cause cause, String what, long seen, long threshold) {
        return Optional.of(Why.bridge(cause, what + "=" + seen + " threshold=" + threshold));
    }

    private static boolean isDown(Signals signals) {
        return signals.replicasDown() > 0 && 2 * signals.replicasDown() >= signals.replicas();
    }

    private OutageState recover(OutageState state, Signals signals, Instant now, Duration calmFor, Mode next) {
        if (!isCalm(state, signals, now)) {
            return state.calmSince() == null ? state : state.calmSince(null);
        }
        if (state.calmSince() == null) {
            return state.calmSince(now);
        }
        return state.calmSince().plus(calmFor).isAfter(now)
                ? state
                : state.next(next, Why.bridge(Cause.CALM, "count=" + signals.count() + " calm=" + calmFor), now);
    }

    private boolean isCalm(OutageState state, Signals signals, Instant now) {
        OutageConfig.Global limits = config.global();
        return signals.count() <= calm(state, threshold(state, signals, now))
                && signals.replicasDown() == 0
                && signals.backlogOld() <= config.calm() * limits.backlogOld()
                && signals.backlogDepth() <= config.calm() * limits.backlogDepth();
    }

    /** The most that is calm: below the threshold, whatever is usual. */
    private double calm(OutageState state, long threshold) {
        double usual = state.usual() == null ? 0 : state.usual();
        return Math.max(config.calm() * threshold, Math.min(USUAL_AT_MOST * usual, threshold - 1));
    }

    /** The shortest time counts from the mode's beginning, the calm from its own. */
    private static Duration later(Duration calmFor, Duration minOpen, OutageState state) {
        if (state.calmSince() == null) {
            return calmFor;
        }
        Duration untilMinOpen =
                Duration.between(state.calmSince(), state.since().plus(minOpen));
        return untilMinOpen.compareTo(calmFor) > 0 ? untilMinOpen : calmFor;
    }

    private static boolean isUnusual(OutageConfig.Surge surge, double usual) {
        return surge.factor() > 0 && usual >= 1 && unusual(surge, usual) < surge.calls();
    }

    private static long unusual(OutageConfig.Surge surge, double usual) {
        return Math.max(surge.floor(), (long) Math.ceil(surge.factor() * usual));
    }
}
