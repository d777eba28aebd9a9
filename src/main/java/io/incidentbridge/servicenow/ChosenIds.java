package io.incidentbridge.servicenow;

/** What the instance does with chosen sys_ids, as far as this replica has seen. */
enum ChosenIds {
    UNKNOWN,
    TAKEN,
    IGNORED
}
