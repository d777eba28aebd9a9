package io.incidentbridge.ratelimit;

import java.time.Duration;
import java.util.List;

/**
 * One vendor's budget as operators see it, of all replicas together.
 *
 * @param paused   how long nobody asks the vendor, as it has answered 429; zero when it is asked
 * @param refusals 429s in a row
 * @param replicas that share it
 * @param windows  all hold at once
 */
public record BudgetView(String upstream, Duration paused, long refusals, int replicas, List<Window> windows) {

    /**
     * What counts in a window now, by lane.
     *
     * @param scope      the ServiceNow table it is for, or "" for every request
     * @param limit      that holds now, configured or as the vendor told it
     * @param used       by all lanes
     * @param background also what replicas admitted while Redis was away
     * @param setAside   kept ready for replicas that may be without Redis
     */
    public record Window(
            String scope,
            Duration period,
            long limit,
            long used,
            long emergency,
            long lookup,
            long ticket,
            long background,
            long setAside) {}
}
