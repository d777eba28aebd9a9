package io.incidentbridge.startup;

/**
 * Something about the configuration that an operator should change.
 *
 * @param severity whether production may start with it
 * @param key      the configuration key at fault
 * @param problem  what is wrong with it; never a secret's value
 * @param remedy   what to set instead
 */
public record Finding(Severity severity, String key, String problem, String remedy) {

    /** What a finding does in production; everywhere else it is only logged. */
    public enum Severity {
        /** The bridge does not start. */
        UNSAFE,
        /** The bridge starts and logs a warning. */
        QUESTIONABLE
    }

    public static Finding unsafe(String key, String problem, String remedy) {
        return new Finding(Severity.UNSAFE, key, problem, remedy);
    }

    public static Finding questionable(String key, String problem, String remedy) {
        return new Finding(Severity.QUESTIONABLE, key, problem, remedy);
    }

    @Override
    public String toString() {
        return key + ": " + problem + "; " + remedy;
    }
}
