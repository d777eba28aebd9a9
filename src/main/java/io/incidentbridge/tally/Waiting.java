package io.incidentbridge.tally;

import io.incidentbridge.metrics.PeriodCounts.Count;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What this replica has counted and Redis may not have: a batch stays the same until it is known to be there. */
final class Waiting {

    /** Some minutes of many calls; a Redis that is away for longer costs the report these. */
    private static final int MOST_CALLS = 20_000;

    /** Counts of as many hours and names: far more than a replica has. */
    private static final int MOST_COUNTS = 20_000;

    private static final int CALLS_IN_A_BATCH = 500;
    private static final long HOUR = 3_600_000;

    private final Map<String, Count> counts = new LinkedHashMap<>();
    private final Deque<Batch.Call> calls = new ArrayDeque<>();
    private Batch sent;
    private long number;
    private long lost;

    synchronized void add(Count count) {
        String key = count.millis() / HOUR + " " + count.name();
        if (counts.size() >= MOST_COUNTS && !counts.containsKey(key)) {
            lost += count.count();
            return;
        }
        counts.merge(
                key, count, (known, more) -> new Count(known.millis(), known.name(), known.count() + more.count()));
    }

    synchronized void add(Batch.Call call) {
        if (calls.size() >= MOST_CALLS) {
            lost++;
            return;
        }
        calls.add(call);
    }

    /** The batch to send, the same until it is done; null when there is none. */
    synchronized Batch next() {
        if (sent == null && !(counts.isEmpty() && calls.isEmpty())) {
            List<Batch.Call> some = new ArrayList<>();
            while (!calls.isEmpty() && some.size() < CALLS_IN_A_BATCH) {
                some.add(calls.poll());
            }
            sent = new Batch(++number, List.copyOf(counts.values()), some);
            counts.clear();
        }
        return sent;
    }

    synchronized void done(Batch batch) {
        if (sent == batch) {
            sent = null;
        }
    }

    synchronized long takeLost() {
        long taken = lost;
        lost = 0;
        return taken;
    }
}
