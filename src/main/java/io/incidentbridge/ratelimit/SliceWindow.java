package io.incidentbridge.ratelimit;

import java.util.Map;
import java.util.TreeMap;

/**
 * How much was added in the last while, by slices; a slice counts until its youngest moment has left, so it may count too
 * much for the length of a slice but never too little. Handed the time, which must not go back.
 */
final class SliceWindow {

    private final long length;
    private final long slice;
    private final TreeMap<Long, Long> slices = new TreeMap<>();
    private long total;

    /** In milliseconds both. */
    SliceWindow(long length, long slice) {
        this.length = length;
        this.slice = slice;
    }

    void add(long now, long count) {
        slices.merge(Math.floorDiv(now, slice), count, Long::sum);
        total += count;
    }

    long total(long now) {
        while (!slices.isEmpty() && (slices.firstKey() + 1) * slice + length <= now) {
            total -= slices.pollFirstEntry().getValue();
        }
        return total;
    }

    /** Takes everything out of the other one. */
    void takeFrom(SliceWindow other) {
        other.slices.forEach((index, count) -> slices.merge(index, count, Long::sum));
        total += other.total;
        other.clear();
    }

    /** Becomes what the other one is. */
    void copyFrom(SliceWindow other) {
        clear();
        slices.putAll(other.slices);
        total = other.total;
    }

    void clear() {
        slices.clear();
        total = 0;
    }

    /** How much, by the age in milliseconds of the youngest it may be; ages are never too high. */
    Map<Long, Long> byAge(long now) {
        total(now);
        Map<Long, Long> byAge = new TreeMap<>();
        slices.forEach((index, count) -> byAge.merge(Math.max(0, now - (index + 1) * slice), count, Long::sum));
        return byAge;
    }
}
