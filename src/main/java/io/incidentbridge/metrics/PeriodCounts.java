package io.incidentbridge.metrics;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What this replica has counted for reports since that was last taken, by hour. */
public final class PeriodCounts {

    private static final long HOUR = 3_600_000;

    private final Clock clock;
    private final Map<Key, Long> counts = new ConcurrentHashMap<>();

    PeriodCounts(Clock clock) {
        this.clock = clock;
    }

    /**
     * How often something was counted in an hour.
     *
     * @param millis a moment of that hour, since 1970
     * @param name   its parts joined by a bar
     */
    public record Count(long millis, String name, long count) {}

    private record Key(long hour, String name) {}

    void add(String... name) {
        counts.merge(new Key(clock.millis() / HOUR, String.join("|", name)), 1L, Long::sum);
    }

    /** Takes all of it, which is no longer here then. */
    public List<Count> take() {
        List<Count> taken = new ArrayList<>();
        for (Key key : counts.keySet()) {
            Long count = counts.remove(key);
            if (count != null) {
                taken.add(new Count(key.hour() * HOUR, key.name(), count));
            }
        }
        return taken;
    }
}
