package io.incidentbridge.outage;

import io.incidentbridge.outage.OutageState.Mode;
import io.incidentbridge.outage.OutageState.Why;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * One change of a topic's state, as operators read it.
 *
 * @param detail   the numbers behind it, or an operator's reason
 * @param actor    {@code bridge}, or who asked for it
 * @param held     whether an operator keeps it
 * @param outageId of the outage that it began, changed or ended
 * @param dryRun   whether calls were left alone, as the breaker only tells what it would do
 */
@RegisterForReflection
public record Transition(
        Instant at,
        String topic,
        Mode from,
        Mode to,
        Cause cause,
        String detail,
        String actor,
        boolean held,
        String outageId,
        boolean dryRun) {

    static Transition of(OutageState before, OutageState after, Why why, Instant at, boolean dryRun) {
        return new Transition(
                at,
                after.topic(),
                before.mode(),
                after.mode(),
                why.cause(),
                why.detail(),
                why.actor(),
                after.held(),
                after.outageId().isEmpty() ? before.outageId() : after.outageId(),
                dryRun);
    }
}
