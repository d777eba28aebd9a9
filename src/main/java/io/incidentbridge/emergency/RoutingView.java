package io.incidentbridge.emergency;

import io.incidentbridge.emergency.target.Routing;
import io.incidentbridge.emergency.target.RoutingTarget;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What calls meet now, as far as the bridge has read it in Genesys.
 *
 * @param failed whether Genesys refuses what is desired
 * @param reason why it is PENDING, else empty
 */
public record RoutingView(State state, boolean failed, String reason) {

    public enum State {
        ACTIVE,
        INACTIVE,
        /** On the way to what is desired. */
        PENDING
    }

    static RoutingView of(List<RoutingTarget> targets, DesiredRouting desired, Snapshot snapshot) {
        List<RoutingTarget> pending = targets.stream()
                .filter(target -> isPending(target.able(desired.routing()), snapshot.known(target.name())))
                .toList();
        if (!pending.isEmpty()) {
            boolean failed = snapshot.reported() >= snapshot.revision()
                    && pending.stream()
                            .anyMatch(target -> snapshot.known(target.name()).result() == Result.FAILED);
            return new RoutingView(State.PENDING, failed, reason(pending, snapshot));
        }
        boolean active = targets.stream()
                .map(target -> snapshot.known(target.name()))
                .filter(known -> known.result() == Result.DRIFTED)
                .findFirst()
                .map(known -> known.seen().active())
                .orElse(desired.routing().active());
        return new RoutingView(active ? State.ACTIVE : State.INACTIVE, false, "");
    }

    /** What cannot be read at the moment is still as it was read last. */
    private static boolean isPending(Routing wanted, Known known) {
        return !wanted.equals(known.confirmed()) || !known.result().settled() && known.seen() != null;
    }

    private static String reason(List<RoutingTarget> pending, Snapshot snapshot) {
        if (snapshot.reported() < snapshot.revision()) {
            return "being switched";
        }
        return pending.stream()
                .map(target ->
                        target.name() + ": " + snapshot.known(target.name()).reason())
                .collect(Collectors.joining("; "));
    }
}
