package io.incidentbridge.servicenow;

/**
 * An active major incident.
 *
 * @param category         raw value
 * @param url              page of the record, for people
 */
public record MajorIncident(String sysId, String number, String shortDescription, String category, String url) {}
