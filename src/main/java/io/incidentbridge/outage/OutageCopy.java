package io.incidentbridge.outage;

import io.incidentbridge.outage.OutageState.Mode;
import io.incidentbridge.outage.OutageStore.Look;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one replica knows of all states.
 *
 * @param lost  lasting states that this replica knows and Redis does not: it may have come back without its data
 * @param asked when it was asked for, in this process's monotonic nanoseconds; null for never
 */
record OutageCopy(Map<String, OutageState> states, List<OutageState> lost, Long asked) {

    static final OutageCopy NOTHING = new OutageCopy(Map.of(), List.of(), null);

    /** What was seen, and from before it what Redis no longer has. */
    OutageCopy renewed(Look seen, long at) {
        Map<String, OutageState> next = new HashMap<>();
        seen.sights().forEach(sight -> next.put(sight.state().topic(), sight.state()));
        List<OutageState> missing = states.values().stream()
                .filter(OutageState::lasts)
                .filter(state -> !next.containsKey(state.topic())
                        || next.get(state.topic()).revision() == 0)
                .toList();
        missing.forEach(state -> next.put(state.topic(), state));
        return new OutageCopy(Map.copyOf(next), missing, at);
    }

    /** With one state as it is in Redis. */
    OutageCopy with(OutageState state) {
        Map<String, OutageState> next = new HashMap<>(states);
        next.put(state.topic(), state);
        return new OutageCopy(
                Map.copyOf(next),
                lost.stream()
                        .filter(other -> !other.topic().equals(state.topic()))
                        .toList(),
                asked);
    }

    boolean isYoungerThan(Duration age) {
        return asked != null && System.nanoTime() - asked < age.toNanos();
    }

    OutageState of(String topic) {
        OutageState known = states.get(topic);
        return known == null ? OutageState.closed(topic) : known;
    }

    /** The topic's own state, unless it is closed and the whole service desk is not; what an operator holds goes first. */
    OutageState decisive(String topic) {
        OutageState own = of(topic);
        return own.mode() != Mode.CLOSED || own.held() ? own : of(Topics.GLOBAL);
    }

    long topicsIn(Mode mode) {
        return states.values().stream().filter(state -> state.mode() == mode).count();
    }
}
