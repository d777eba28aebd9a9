package io.incidentbridge.audit;

import java.util.Locale;

/**
 * Something about the trail that the bridge did not write so.
 *
 * @param from first number concerned, 0 when there is none
 * @param to   last number concerned
 */
public record ChainFinding(Kind kind, long from, long to, String detail) {

    /** What is wrong. */
    public enum Kind {
        /** An entry, or its place, is not as it was sealed. */
        CHANGED,
        /** Entries are gone. */
        MISSING,
        /** An entry stands where another belongs: moved, doubled, or not the bridge's. */
        OUT_OF_PLACE,
        /** The end that Redis tells is not the last entry. */
        END,
        /** The beginning is not the checkpoint, or its seal is wrong. */
        CHECKPOINT,
        /** Entries that a witness outside of Redis has seen are gone. */
        ROLLED_BACK,
        /** Sealed with a key that is not configured: nobody can tell. */
        UNKNOWN_KEY;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
