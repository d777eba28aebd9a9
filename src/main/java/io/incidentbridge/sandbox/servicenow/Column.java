package io.incidentbridge.sandbox.servicenow;

/**
 * One column of a table.
 *
 * @param reference the table a {@link ColumnType#REFERENCE} points to, else null
 * @param readOnly  whether a value sent by a client is dropped without a word, as the Table API does
 */
record Column(String name, ColumnType type, int maxLength, String reference, boolean readOnly) {

    private static final int UNLIMITED = Integer.MAX_VALUE;

    static Column string(String name, int maxLength) {
        return new Column(name, ColumnType.STRING, maxLength, null, false);
    }

    static Column string(String name) {
        return string(name, 255);
    }

    static Column reference(String name, String table) {
        return new Column(name, ColumnType.REFERENCE, 32, table, false);
    }

    static Column of(ColumnType type, String name) {
        return new Column(name, type, type == ColumnType.CHOICE ? 40 : UNLIMITED, null, false);
    }

    Column asReadOnly() {
        return new Column(name, type, maxLength, reference, true);
    }

    boolean isJournal() {
        return type == ColumnType.JOURNAL || type == ColumnType.JOURNAL_LIST;
    }

    /** As a form would caption it: {@code short_description} becomes {@code Short description}. */
    String label() {
        String words = name.startsWith("u_") ? name.substring(2) : name;
        words = words.replace('_', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
