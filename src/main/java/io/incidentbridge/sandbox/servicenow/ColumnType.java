package io.incidentbridge.sandbox.servicenow;

/** What a column holds; decides how its value is compared, displayed and read from a request. */
enum ColumnType {
    STRING,
    INTEGER,
    BOOLEAN,
    /** A raw value with a label, for example {@code 2} and {@code In Progress}. */
    CHOICE,
    /** The sys_id of a record of another table. */
    REFERENCE,
    /** {@code yyyy-MM-dd HH:mm:ss}, raw in UTC, displayed in the reader's time zone. */
    DATE_TIME,
    /** Write appends an entry to {@code sys_journal_field}; the raw value always reads back empty. */
    JOURNAL,
    /** A combined view of the journal columns; nothing can be written to it. */
    JOURNAL_LIST
}
