package io.incidentbridge.sandbox;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A vendor's limit per client over a sliding window. Accepted requests count, refused ones do not: a client that keeps
 * knocking is served again as soon as its accepted ones leave the window, as at ServiceNow and Genesys. With a commit
 * lag a request counts only once the lag has passed, so a burst within the lag overshoots the limit.
 */
final class SlidingLimit {

    private final Map<String, Log> logs = new ConcurrentHashMap<>();

    LimitState tryAccept(String client, FaultSet faults, long nowMillis) {
        return logs.computeIfAbsent(client, name -> new Log()).tryAccept(faults, nowMillis);
    }

    private static final class Log {

        private final ArrayDeque<Long> uncommitted = new ArrayDeque<>();
        private final ArrayDeque<Long> committed = new ArrayDeque<>();

        synchronized LimitState tryAccept(FaultSet faults, long now) {
            long windowMillis = faults.rateLimitWindowSeconds() * 1_000L;
            commit(now - faults.commitLagSeconds() * 1_000L);
            while (!committed.isEmpty() && committed.getFirst() <= now - windowMillis) {
                committed.removeFirst();
            }
            boolean accepted = committed.size() < faults.rateLimit();
            if (accepted) {
                uncommitted.addLast(now);
                commit(now - faults.commitLagSeconds() * 1_000L);
            }
            long resetMillis = accepted ? untilLeaves(1, windowMillis, now) : untilPlace(faults, windowMillis, now);
            return new LimitState(
                    accepted,
                    faults.rateLimit(),
                    faults.rateLimitWindowSeconds(),
                    committed.size(),
                    Math.max(1, ceilSeconds(resetMillis)),
                    ceilSeconds(now + resetMillis));
        }

        private void commit(long upTo) {
            while (!uncommitted.isEmpty() && uncommitted.getFirst() <= upTo) {
                committed.addLast(uncommitted.removeFirst());
            }
        }

        private long untilPlace(FaultSet faults, long windowMillis, long now) {
            return untilLeaves(committed.size() - faults.rateLimit() + 1, windowMillis, now);
        }

        /** @param ordinal 1 for the oldest request in the window */
        private long untilLeaves(int ordinal, long windowMillis, long now) {
            int left = ordinal;
            for (long at : committed) {
                if (--left == 0) {
                    return at + windowMillis - now;
                }
            }
            return windowMillis;
        }

        private static long ceilSeconds(long millis) {
            return -Math.floorDiv(-millis, 1_000L);
        }
    }
}
