package io.incidentbridge.tally;

/** How a lookup was answered, from the least to the best. */
public enum LookupOutcome {
    UNAVAILABLE,
    NOT_FOUND,
    AMBIGUOUS,
    FOUND;

    int rank() {
        return ordinal();
    }
}
