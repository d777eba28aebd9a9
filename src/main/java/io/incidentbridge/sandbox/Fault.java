package io.incidentbridge.sandbox;

/** What befalls one request. */
enum Fault {
    NONE,
    /** Accepted, never answered, work not done. */
    HANG,
    /** Answered with the configured error status, work not done. */
    FAIL,
    /** Work done, connection closed without a reply. */
    LOSE_REPLY,
    /** Work done, a web page instead of JSON. */
    HTML,
    /** Work done, the answer breaks off half-way. */
    TRUNCATE
}
