package io.incidentbridge.problem;

/**
 * The way to a field, told as a JSON pointer and for people. Names may come from a hostile caller: they are cut and
 * stripped of everything that could do harm in a log or a page.
 */
public final class FieldPath {

    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_PATH = 500;

    private final StringBuilder pointer = new StringBuilder();
    private final StringBuilder field = new StringBuilder();

    public FieldPath name(String name) {
        String safe = name.substring(0, Math.min(name.length(), LONGEST_NAME)).replaceAll("[^A-Za-z0-9_.:~/$ -]", "?");
        if (pointer.length() < LONGEST_PATH) {
            pointer.append('/').append(safe.replace("~", "~0").replace("/", "~1"));
            field.append(field.length() == 0 ? "" : ".").append(safe);
        }
        return this;
    }

    public FieldPath index(int index) {
        if (pointer.length() < LONGEST_PATH) {
            pointer.append('/').append(index);
            field.append('[').append(index).append(']');
        }
        return this;
    }

    public FieldError error(String rule, String detail) {
        return new FieldError(pointer.toString(), field.toString(), rule, detail);
    }
}
