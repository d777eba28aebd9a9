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
 * CLOSED ----- a threshold is reached, or an operator trips it -----------------> OPEN
 * OPEN ------- calm for a while and the shortest time is over; master resolved --> HALF_OPEN
 * HALF_OPEN -- a threshold is reached by what came since; an operator trips it --> OPEN
 * HALF_OPEN -- calm for a while -------------------------------------------------> CLOSED
 * OPEN, HALF_OPEN -- an operator resets it --------------------------------------> CLOSED
 * </pre>
 *
 * <p>Calm is a part of the threshold (hysteresis): between the two nothing changes, and what comes and goes starts the
 * while anew. What an operator holds, open or closed, no signal changes until it is released or its time has come.
 */
final class OutagePolicy {

    private final OutageConfig config;

    OutagePolicy(OutageConfig config) {
        this.config = config;
    }

    OutageState onSignals(OutageState state, Signals signals, Instant now) {
        if (state.held()) {
            boolean ended = state.heldUntil() != null && !state.heldUntil().isAfter(now);
            return ended ? onRelease(state) : state;
        }
        Optional<Why> trigger = trigger(state, signals);
        return switch (state.mode()) {
            case CLOSED -> trigger.map(why -> state.next(Mode.OPEN, why, now)).orElse(state);
            case OPEN -> recover(state, signals, now, later(config.calmFor(), config.minOpen(), state), Mode.HALF_OPEN);
            case HALF_OPEN ->
                trigger.map(why -> state.next(Mode.OPEN, why, now))
                        .orElseGet(() -> recover(state, signals, now, config.closeAfter(), Mode.CLOSED));
        };
    }

    /** Opens it now; without {@code until} the signals decide when it ends. */
    OutageState onTrip(OutageState state, Why why, Instant until, Instant now) {
        OutageState open = state.mode() == Mode.OPEN ? state : state.next(Mode.OPEN, why, now);
        return until == null ? open : open.hold(true, until);
    }

    /** Ends it now, and whatever an operator holds. */
    OutageState onReset(OutageState state, Why why, Instant now) {
        OutageState released = state.hold(false, null);
        return state.mode() == Mode.CLOSED ? released : released.next(Mode.CLOSED, why, now);
    }

    /** Keeps it open or closed until it is released or, where given, until a moment. */
    OutageState onForce(OutageState state, Mode mode, Why why, Instant until, Instant now) {
        OutageState forced = state.mode() == mode ? state : state.next(mode, why, now);
        return forced.hold(true, until);
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
    long threshold(OutageState state, Signals signals) {
        if (state.isGlobal()) {
            return config.global().refusals();
        }
        OutageConfig.Surge surge = surge(state.topic());
        return isUnusual(surge, signals) ? unusual(surge, signals) : surge.calls();
    }

    OutageConfig.Surge surge(String topic) {
        return config.surges().getOrDefault(topic, config.surge());
    }

    private Optional<Why> trigger(OutageState state, Signals signals) {
        return state.isGlobal() ? globalTrigger(signals) : surge(state, signals);
    }

    private Optional<Why> surge(OutageState state, Signals signals) {
        if (signals.count() < threshold(state, signals)) {
            return Optional.empty();
        }
        Cause cause = isUnusual(surge(state.topic()), signals) ? Cause.UNUSUAL_SURGE : Cause.SURGE;
        return Optional.of(Why.bridge(
                cause,
                String.format(
                        Locale.ROOT,
                        "calls=%d window=%s threshold=%d usual=%.1f",
                        signals.count(),
                        config.window(),
                        threshold(state, signals),
                        signals.baseline())));
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
        if (!isCalm(state, signals)) {
            return state.calmSince() == null ? state : state.calmSince(null);
        }
        if (state.calmSince() == null) {
            return state.calmSince(now);
        }
        return state.calmSince().plus(calmFor).isAfter(now)
                ? state
                : state.next(next, Why.bridge(Cause.CALM, "count=" + signals.count() + " calm=" + calmFor), now);
    }

    private boolean isCalm(OutageState state, Signals signals) {
        OutageConfig.Global limits = config.global();
        return signals.count() <= config.calm() * threshold(state, signals)
                && signals.replicasDown() == 0
                && signals.backlogOld() <= config.calm() * limits.backlogOld()
                && signals.backlogDepth() <= config.calm() * limits.backlogDepth();
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

    private static boolean isUnusual(OutageConfig.Surge surge, Signals signals) {
        return surge.factor() > 0 && signals.baseline() >= 1 && unusual(surge, signals) < surge.calls();
    }

    private static long unusual(OutageConfig.Surge surge, Signals signals) {
        return Math.max(surge.floor(), (long) Math.ceil(surge.factor() * signals.baseline()));
    }
}
