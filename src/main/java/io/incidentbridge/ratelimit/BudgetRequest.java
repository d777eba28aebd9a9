package io.incidentbridge.ratelimit;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What a call may take of a vendor's budget. It travels as a header of the vendor client's method, which the client's
 * request filter takes off again: a header passes through retries and fault-tolerance interceptors unharmed.
 *
 * @param lane  who is asking
 * @param until when waiting for room ends, in this process's monotonic milliseconds; one moment for all attempts
 */
public record BudgetRequest(Lane lane, long until) {

    /** Never leaves the bridge. */
    public static final String HEADER = "X-Bridge-Budget";

    /** What a request without the header gets: a mistake of ours must not push others aside. */
    private static final Lane UNSTATED = Lane.TICKET;

    /** @param wait longest wait for room, from now on, all attempts together */
    public static BudgetRequest within(Lane lane, Duration wait) {
        return new BudgetRequest(lane, monotonicMillis() + wait.toMillis());
    }

    /** The same, but waiting no longer than this from now on: below the timeout of the call it is for. */
    public BudgetRequest atMost(Duration wait) {
        return new BudgetRequest(lane, Math.min(until, monotonicMillis() + wait.toMillis()));
    }

    /** The value of {@link #HEADER}. */
    public String header() {
        return lane + " " + until;
    }

    /** @param header null for none */
    public static BudgetRequest parse(String header) {
        if (header == null) {
            return within(UNSTATED, Duration.ZERO);
        }
        int blank = header.indexOf(' ');
        return new BudgetRequest(Lane.valueOf(header.substring(0, blank)), Long.parseLong(header.substring(blank + 1)));
    }

    static long monotonicMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
