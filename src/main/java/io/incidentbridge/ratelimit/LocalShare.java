package io.incidentbridge.ratelimit;

import java.util.Map;
import java.util.TreeMap;

/**
 * What one replica may admit in one window without asking Redis, and what it has. Handed the time.
 *
 * <p>At once: the allowance that Redis has set aside for it. When it has heard nothing for the silence time, so that Redis,
 * if it is there for others, keeps a full share for it: also its part of whatever leaves the window from then on. When
 * everything others may have admitted unseen has left: its full share. docs/adr/0003 proves the sum.
 */
final class LocalShare {

    private final BudgetWindow window;
    private final long silence;
    /** Everything this replica has admitted, with Redis or without. */
    private final SliceWindow own;
    /** What Redis has not been told yet. */
    private final SliceWindow open;
    /** What was admitted alone and is being told. */
    private final SliceWindow sealed;
    /** What is being told. */
    private final SliceWindow report;

    private final TreeMap<Long, Long> leaving = new TreeMap<>();
    private long limit;
    private long allowance;
    private int divisor;
    private long heardAt;

    /** @param divisor into how many shares the limit is cut as long as Redis was never heard */
    LocalShare(BudgetWindow window, long silence, int divisor, long now) {
        this.window = window;
        this.silence = silence;
        this.own = new SliceWindow(window.length(), window.slice());
        this.open = new SliceWindow(window.length(), window.slice());
        this.sealed = new SliceWindow(window.length(), window.slice());
        this.report = new SliceWindow(window.length(), window.slice());
        this.limit = window.limit();
        this.divisor = divisor;
        this.heardAt = now;
    }

    BudgetWindow window() {
        return window;
    }

    long allowance() {
        return allowance;
    }

    /** What may be admitted without Redis, in a window, at this moment. */
    long entitlement(long now) {
        long away = now - heardAt;
        if (divisor == 0 || away <= silence) {
            return allowance;
        }
        long share = limit / divisor;
        if (away > silence + window.reach()) {
            return Math.max(allowance, share);
        }
        long left = leaving.headMap(now, true).values().stream()
                .mapToLong(Long::longValue)
                .sum();
        return Math.max(allowance, Math.min(share, allowance + left / divisor));
    }

    /** @param part of the entitlement that the asker may use, 0 to 1 */
    boolean hasRoom(long now, double part) {
        return open.total(now) + sealed.total(now) + 1 <= entitlement(now) * part;
    }

    void admittedByRedis(long now) {
        own.add(now, 1);
    }

    void admittedAlone(long now) {
        own.add(now, 1);
        open.add(now, 1);
    }

    boolean hasUnreported(long now) {
        return open.total(now) > 0;
    }

    /** Fixes what is reported: what was admitted alone, or everything. It counts here until {@link #reported()}. */
    void seal(boolean everything, long now) {
        sealed.takeFrom(open);
        own.total(now);
        report.copyFrom(everything ? own : sealed);
    }

    Map<Long, Long> reportByAge(long now) {
        return report.byAge(now);
    }

    void reported() {
        sealed.clear();
        report.clear();
    }

    /**
     * Redis was heard.
     *
     * @param divisor of the share, 0 when there is none yet
     * @param leaves  when what is in the window leaves it, ms from now on, and how much
     */
    void heard(long now, long limit, long allowance, int divisor, Map<Long, Long> leaves) {
        this.heardAt = now;
        this.limit = limit;
        this.allowance = allowance;
        this.divisor = divisor;
        leaving.clear();
        leaves.forEach((in, count) -> {
            if (in > silence) {
                leaving.merge(now + in, count, Long::sum);
            }
        });
    }
}
