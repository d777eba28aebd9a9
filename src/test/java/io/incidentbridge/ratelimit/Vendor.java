package io.incidentbridge.ratelimit;

import java.util.ArrayList;
import java.util.List;

/** Counts as a vendor does: arrivals in any sliding window. */
final class Vendor {

    private final List<Long> arrivals = new ArrayList<>();

    synchronized void arrived(long at) {
        arrivals.add(at);
    }

    synchronized int total() {
        return arrivals.size();
    }

    /** Arrivals between the two moments. */
    synchronized long between(long from, long to) {
        return arrivals.stream().filter(at -> at >= from && at < to).count();
    }

    /** The most that arrived in any window of that length. */
    synchronized int mostIn(long length) {
        List<Long> sorted = arrivals.stream().sorted().toList();
        int most = 0;
        int first = 0;
        for (int last = 0; last < sorted.size(); last++) {
            while (sorted.get(last) - sorted.get(first) >= length) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }
}
