package io.incidentbridge.emergency;

import io.incidentbridge.emergency.target.Routing;
import java.time.Instant;
import java.util.List;

/**
 * What a group's routing shall be, and why.
 *
 * @param reason   begins with the id of the incident that decides, or with {@code override}
 * @param reasonId that id alone; empty when no incident is open
 * @param actor    who caused it, for the audit trail
 * @param holders  ids of the incidents that hold the emergency, the most severe first
 * @param until    when it changes by itself; null for never
 */
record DesiredRouting(
        Routing routing, String reason, String reasonId, String actor, List<String> holders, Instant until) {}
