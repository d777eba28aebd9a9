package io.incidentbridge.sandbox;

/**
 * How a client stood against its limit when its request was looked at.
 *
 * @param limit            requests that the window takes
 * @param used             requests that the limiter saw in the window, this one included if accepted
 * @param resetSeconds     seconds until the window has a place again; when accepted, until its oldest request leaves it
 * @param resetEpochSecond the same as a point in time
 */
public record LimitState(
        boolean accepted, int limit, int windowSeconds, int used, long resetSeconds, long resetEpochSecond) {

    /** What a limit at this pace takes in an hour, rounded down: windows are shorter here, as no test waits an hour. */
    public long perHour() {
        return limit * 3_600L / windowSeconds;
    }
}
