package io.incidentbridge.emergency;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** How a target stands after a pass, from best to worst. */
@RegisterForReflection
public enum Result {
    /** Read, and as desired. */
    IN_SYNC,
    /** Somebody else had changed it; read, and as desired again. */
    REPAIRED,
    /** Somebody else has changed it, and configuration says to leave it. */
    DRIFTED,
    /** Not as desired yet: Genesys is at it, or does not answer; tried again soon. */
    APPLYING,
    /** Genesys refuses; tried again, but somebody has to look. */
    FAILED;

    boolean settled() {
        return this == IN_SYNC || this == REPAIRED || this == DRIFTED;
    }
}
