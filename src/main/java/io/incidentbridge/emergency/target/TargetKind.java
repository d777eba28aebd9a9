package io.incidentbridge.emergency.target;

/** What Genesys offers to switch an emergency on with. */
public enum TargetKind {
    /** The endpoint {@code /api/v2/telephony/emergencyrouting}; one for the organisation, where it exists. */
    EMERGENCY_ROUTING,
    /** An emergency group of Architect, which switches the calls of its IVRs to an emergency flow. */
    EMERGENCY_GROUP,
    /** A row of a data table that flows read. */
    DATA_TABLE
}
