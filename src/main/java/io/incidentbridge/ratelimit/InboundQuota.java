package io.incidentbridge.ratelimit;

import java.time.Duration;

/**
 * Where a client stands, in the words of draft-ietf-httpapi-ratelimit-headers-11.
 *
 * @param policy name of the limit: the operation
 * @param within whether the request may pass
 * @param quota  requests that may come at once
 * @param window in which the quota comes back from nothing
 * @param left   requests that may come now
 * @param reset  until there is more
 */
record InboundQuota(String policy, boolean within, long quota, Duration window, long left, Duration reset) {

    /** The field {@code RateLimit-Policy}. */
    String policyField() {
        return '"' + policy + "\";q=" + quota + ";w=" + Math.max(1, seconds(window));
    }

    /** The field {@code RateLimit}. */
    String stateField() {
        return '"' + policy + "\";r=" + left + ";t=" + seconds(reset);
    }

    /** The field {@code Retry-After}: never earlier than {@code t}, at least a second. */
    long retryAfterSeconds() {
        return Math.max(1, seconds(reset));
    }

    private static long seconds(Duration duration) {
        return (duration.toMillis() + 999) / 1000;
    }
}
