package io.incidentbridge.ratelimit;

import java.util.List;
import java.util.Map;

/**
 * A replica's heartbeat, as {@code budget_sync.lua} wants it.
 *
 * @param seq     rising with each heartbeat
 * @param heard   seq of the last reply that arrived, 0 for none
 * @param epoch   that has this replica's report, "" for none
 * @param expects replicas
 * @param told    divisor of the share, as Redis told it; 0 for none
 * @param batch   which report this is; repeated until it was confirmed
 * @param leaving whether the replica ends
 */
record SyncCall(
        long seq, long heard, String epoch, int expects, int told, long batch, boolean leaving, List<Window> windows) {

    /**
     * @param allowance held for this window
     * @param report    count by age in ms
     */
    record Window(long allowance, Map<Long, Long> report) {}
}
