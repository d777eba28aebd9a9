package io.incidentbridge.outage;

/** Why a topic is in the state it is in. */
public enum Cause {
    /** Nothing has happened yet. */
    NONE,
    /** More calls than the topic may have in a window. */
    SURGE,
    /** Many times the calls the topic usually has. */
    UNUSUAL_SURGE,
    /** ServiceNow answered 429 too often. */
    VENDOR_REFUSALS,
    /** ServiceNow does not answer. */
    CLIENT_BREAKER,
    /** A write has waited too long. */
    BACKLOG_AGE,
    /** Too many writes wait. */
    BACKLOG_DEPTH,
    /** Somebody said so. */
    OPERATOR,
    /** An incident of a source that is configured to announce an outage. */
    ANNOUNCED,
    /** The master incident was resolved in ServiceNow. */
    MASTER_RESOLVED,
    /** The signals were low for long enough. */
    CALM
}
