package io.incidentbridge.emergency;

import io.incidentbridge.emergency.target.Routing;
import java.time.Instant;
import java.util.List;

/**
 * What a group's routing shall be, and why.
 *
 * @param reason   begins with the id of the incident that decides, or with {@code override}; has nothing of the incident's
 *     own words, as it goes into logs and the audit trail
 * @param words    as reason, in the incident's own words: for Genesys and operators' eyes only
 * @param reasonId that id alone; empty when no incident is open
 * @param actor    who caused it, for the audit trail
 * @param holders  ids of the incidents that hold the emergency, the most severe first
 * @param until    when it changes by itself; null for never
 */
record DesiredRouting(
        Routing routing,
        String reason,
        String words,
        String reasonId,
        String actor,
        List<String> holders,
        Instant until) {}
