package io.incidentbridge.caller;

/** The form of every id a caller of the API may send; a UUID is not required. */
final class Ids {

    static final String OPTIONAL = "([A-Za-z0-9_.:-]{1,100})?";
    static final String RULE = "must be 1 to 100 of the characters A-Z a-z 0-9 _ . : -";

    private Ids() {}

    static boolean given(String text) {
        return text != null && !text.isBlank();
    }
}
