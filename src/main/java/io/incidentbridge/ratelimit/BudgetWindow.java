package io.incidentbridge.ratelimit;

import java.time.Duration;

/**
 * At most {@code limit} requests in any {@code period} at the vendor.
 *
 * @param id     names it in Redis: {@code 60s}, or {@code incident.60s} for a table
 * @param scope  the table it is for, or "" for every request
 * @param limit  as configured
 * @param period as the vendor counts, ms
 * @param length period and margin, ms
 * @param slice  counted together, ms
 */
record BudgetWindow(String id, String scope, long limit, long period, long length, long slice) {

    /** So many slices that what their coarseness wastes is half a per cent. */
    private static final int SLICES = 200;

    static BudgetWindow of(String scope, long limit, Duration period, Duration margin) {
        String id = (scope.isEmpty() ? "" : scope + ".") + period.toMillis() + "ms";
        long slice = Math.max(1, period.toMillis() / SLICES);
        return new BudgetWindow(
                id, scope, limit, period.toMillis(), period.plus(margin).toMillis(), slice);
    }

    /** How unequally long requests may take from Redis' decision to the vendor's counter, ms. */
    long margin() {
        return length - period;
    }

    /** How long a request may count at most, ms. */
    long reach() {
        return length + slice;
    }
}
