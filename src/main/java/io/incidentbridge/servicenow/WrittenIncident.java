package io.incidentbridge.servicenow;

/**
 * An incident as ServiceNow has it.
 *
 * @param active whether it is neither closed nor cancelled; a resolved one is still active
 * @param state  in words
 * @param url    page of the record, for people
 */
public record WrittenIncident(String sysId, String number, String url, boolean active, String state) {}
