package io.incidentbridge.emergency;

/** How a pass ended. */
enum Pass {
    /** Another replica holds the lease. */
    BUSY,
    /** Another replica has done it meanwhile. */
    NOT_DUE,
    /** Done and reported. */
    DONE,
    /** Done, but something else is desired since it began. */
    AGAIN,
    /** The lease was lost on the way; what was sent may have come too late and must be looked at. */
    LOST
}
