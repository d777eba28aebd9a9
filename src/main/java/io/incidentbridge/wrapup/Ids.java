package io.incidentbridge.wrapup;

/** The form of every id in a wrap-up. */
final class Ids {

    static final String REQUIRED = "[A-Za-z0-9_.:-]{1,100}";
    static final String OPTIONAL = "([A-Za-z0-9_.:-]{1,100})?";
    static final String RULE = "must be 1 to 100 of the characters A-Z a-z 0-9 _ . : -";

    private Ids() {}
}
