package io.incidentbridge.security;

/** What a credential may do; each endpoint names the right it needs. */
public final class Rights {

    /** Lookups, enrolments, wrap-ups, outage and emergency state: what a Genesys Data Action needs. */
    public static final String DATA_ACTION = "data-action";

    /** Declaring and ending emergencies. */
    public static final String EMERGENCY = "emergency";

    /** Operators' calls, reports and the console. */
    public static final String OPERATOR = "operator";

    private Rights() {}
}
