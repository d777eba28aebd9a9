package io.incidentbridge.outage;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * One topic's state, as it is shared by all replicas.
 *
 * @param revision  rises with each change; a change is only stored on top of the revision it was made from
 * @param since     of the mode; EPOCH when it never was another one
 * @param cause     of the mode
 * @param detail    the numbers behind the cause, or an operator's reason
 * @param actor     who brought the mode about; {@code bridge} for the bridge itself
 * @param calmSince when the signals became low for good; null while they are not
 * @param held      whether an operator keeps the mode whatever the signals say
 * @param heldUntil when that ends by itself; null for never
 * @param outageId  of the outage that is going on; empty while closed
 * @param openedAt  when it began; null while closed
 * @param usual     the topic's usual calls in a window when it opened last; null while not known, as in a state that an
 *                  earlier version wrote
 */
@RegisterForReflection
public record OutageState(
        String topic,
        long revision,
        Mode mode,
        Instant since,
        Cause cause,
        String detail,
        String actor,
        Instant calmSince,
        boolean held,
        Instant heldUntil,
        String outageId,
        Instant openedAt,
        Master master,
        Double usual) {

    static final String BRIDGE = "bridge";

    /** Of a topic of which nothing is known. */
    static OutageState closed(String topic) {
        return new OutageState(
                topic,
                0,
                Mode.CLOSED,
                Instant.EPOCH,
                Cause.NONE,
                "",
                BRIDGE,
                null,
                false,
                null,
                "",
                null,
                Master.NONE,
                null);
    }

    @JsonIgnore
    boolean isGlobal() {
        return topic.equals(Topics.GLOBAL);
    }

    /** Whether it stays until something ends it; Redis never forgets it by itself. */
    boolean lasts() {
        return mode != Mode.CLOSED || held;
    }

    OutageState next(Mode next, Why why, Instant now) {
        // With the master resolved the outage was over: what comes then is another one, with a master of its own.
        boolean begins = next == Mode.OPEN && (mode == Mode.CLOSED || this.cause == Cause.MASTER_RESOLVED);
        boolean ends = next == Mode.CLOSED;
        return new OutageState(
                topic,
                revision,
                next,
                now,
                why.cause(),
                why.detail(),
                why.actor(),
                null,
                held,
                heldUntil,
                begins ? topic + "-" + now.toEpochMilli() : ends ? "" : outageId,
                begins ? now : ends ? null : openedAt,
                begins || ends ? Master.NONE : master,
                usual);
    }

    OutageState calmSince(Instant moment) {
        return new OutageState(
                topic, revision, mode, since, cause, detail, actor, moment, held, heldUntil, outageId, openedAt, master,
                usual);
    }

    OutageState hold(boolean on, Instant until) {
        return new OutageState(
                topic, revision, mode, since, cause, detail, actor, null, on, until, outageId, openedAt, master, usual);
    }

    OutageState with(Master known) {
        return new OutageState(
                topic, revision, mode, since, cause, detail, actor, calmSince, held, heldUntil, outageId, openedAt,
                known, usual);
    }

    OutageState withUsual(Double calls) {
        return new OutageState(
                topic, revision, mode, since, cause, detail, actor, calmSince, held, heldUntil, outageId, openedAt,
                master, calls);
    }

    /** As it is stored: the next revision. */
    OutageState revised() {
        return withRevision(revision + 1);
    }

    OutageState withRevision(long number) {
        return new OutageState(
                topic, number, mode, since, cause, detail, actor, calmSince, held, heldUntil, outageId, openedAt,
                master, usual);
    }

    /** What becomes of a new call. */
    public enum Mode {
        /** It gets a ticket. */
        CLOSED,
        /** It is noted against the master incident. */
        OPEN,
        /** A few get tickets, the others are noted. */
        HALF_OPEN
    }

    /** A cause, its numbers or reason, and who. */
    record Why(Cause cause, String detail, String actor) {
        static Why bridge(Cause cause, String detail) {
            return new Why(cause, detail, BRIDGE);
        }

        static Why operator(String actor, String reason) {
            return new Why(Cause.OPERATOR, reason, actor);
        }
    }
}
