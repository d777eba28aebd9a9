package io.incidentbridge.emergency;

import io.incidentbridge.emergency.target.Routing;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What the bridge knows of a target since its last pass; kept in Redis for all replicas.
 *
 * @param confirmed   what was read after the last change, null when the target was never read as desired
 * @param seen        what was read last, null when nothing could be
 * @param lastUpdated as the target told it then
 * @param reason      why it is not as desired, empty when it is
 */
@RegisterForReflection
record Known(Routing confirmed, Routing seen, String lastUpdated, Result result, String reason) {

    static final Known NOTHING = new Known(null, null, "", Result.APPLYING, "not read yet");
}
