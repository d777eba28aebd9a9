package io.incidentbridge.outage;

import java.util.List;

/**
 * What is to be written to a master incident next.
 *
 * @param number        of the batch, from 1; the same for the same calls however often it is told
 * @param before        calls that were written before it
 * @param total         calls that are written with it
 * @param conversations of it, the first ones
 */
record Batch(Kind kind, long number, long before, long total, List<String> conversations) {

    enum Kind {
        /** Calls to be told of. */
        BATCH,
        /** The outage is over and all calls are told. */
        END,
        /** Not yet, or no more. */
        NOTHING
    }
}
