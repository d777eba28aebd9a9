package io.incidentbridge.security;

/** Personal data as a log may show it: enough to compare two lines, not enough to call anybody. */
public final class Masked {

    private static final String HIDDEN = "*******";
    private static final int SHORTEST = 8;
    private static final int SHOWN = 2;

    private Masked() {}

    /** {@code +14155550123} is {@code +1*******23}; the number of stars says nothing. Empty stays empty. */
    public static String number(String number) {
        if (number == null || number.isEmpty()) {
            return "";
        }
        return number.length() < SHORTEST
                ? HIDDEN
                : number.substring(0, SHOWN) + HIDDEN + number.substring(number.length() - SHOWN);
    }
}
