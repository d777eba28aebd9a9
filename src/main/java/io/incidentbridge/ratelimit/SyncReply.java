package io.incidentbridge.ratelimit;

import java.util.List;
import java.util.Map;

/** What Redis answered to a heartbeat. */
sealed interface SyncReply {

    /** Redis is new, or the replica is: everything of the windows is to be reported. */
    record NewEpoch(String epoch) implements SyncReply {}

    /** A later heartbeat was there first. */
    record Overtaken() implements SyncReply {}

    /**
     * @param replicas  how many there are
     * @param divisor   of this replica's share, 0 when it has none yet
     * @param confirmed whether the previous reply is known to have arrived
     * @param paused    ms
     * @param strikes   429s in a row
     */
    record Heard(int replicas, int divisor, boolean confirmed, long paused, long strikes, List<Window> windows)
            implements SyncReply {}

    /**
     * @param limit     that holds now
     * @param allowance set aside for this replica
     * @param total     in the window
     * @param leaves    when what is in the window leaves it, ms from now on, and how much
     */
    record Window(long limit, long allowance, long total, Map<Long, Long> leaves) {}
}
