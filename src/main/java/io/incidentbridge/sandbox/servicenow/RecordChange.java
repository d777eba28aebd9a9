package io.incidentbridge.sandbox.servicenow;

import java.util.Map;

/**
 * An insert or update that has happened, for what a business rule would do after it.
 *
 * @param before raw values by column, empty for an insert
 * @param after  raw values by column
 */
public record RecordChange(String table, String sysId, Map<String, String> before, Map<String, String> after) {}
