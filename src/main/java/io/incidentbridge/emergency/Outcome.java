package io.incidentbridge.emergency;

import io.incidentbridge.emergency.target.Change;
import io.incidentbridge.emergency.target.Observed;
import io.incidentbridge.emergency.target.Routing;

/**
 * What a pass has come to with one target.
 *
 * @param wanted    what of the desired routing the target can hold
 * @param preflight what was read first, null when nothing could be
 * @param after     what was read last, null when nothing could be
 * @param sent      the change that was sent, null for none; whether it was done only {@code after} tells
 * @param reason    why it is not as desired, empty when it is
 */
record Outcome(
        String target, Result result, Routing wanted, Observed preflight, Observed after, Change sent, String reason) {

    Known known(Known before) {
        Routing seen = after == null ? null : after.routing();
        return isAsWanted()
                ? new Known(wanted, seen, after.lastUpdated(), result, "")
                : new Known(before.confirmed(), seen, before.lastUpdated(), result, reason);
    }

    boolean isAsWanted() {
        return result == Result.IN_SYNC || result == Result.REPAIRED;
    }
}
