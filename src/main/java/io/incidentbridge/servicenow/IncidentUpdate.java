package io.incidentbridge.servicenow;

import java.util.Map;

/**
 * A change of an incident that may be sent again.
 *
 * @param sysId    of the incident
 * @param fields   raw values by column; others stay as they are
 * @param workNote text to append to the work notes, "" for none
 * @param marker   by which the note is recognised, 8 to 64 characters of {@code A-Z a-z 0-9 _ . : -}, the same at every
 *                 repeat and no other note's; it is the note's last line. "" without a note
 */
public record IncidentUpdate(String sysId, Map<String, String> fields, String workNote, String marker) {

    public IncidentUpdate {
        if (!sysId.matches("[0-9a-zA-Z]{32}")) {
            throw new IllegalArgumentException("a sys_id is 32 letters or digits");
        }
        if (!workNote.isBlank() && !marker.matches("[A-Za-z0-9_.:-]{8,64}")) {
            throw new IllegalArgumentException("a note's marker is 8 to 64 of A-Z a-z 0-9 _ . : -");
        }
        fields = Map.copyOf(fields);
    }

    /** What the note ends with; no marker can be the beginning of another in it. */
    String reference() {
        return "(ref " + marker + ")";
    }

    /** The note as it is stored. */
    String markedNote() {
        return workNote + "\n" + reference();
    }
}
