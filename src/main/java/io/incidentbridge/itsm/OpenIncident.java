package io.incidentbridge.itsm;

import java.time.Instant;

/**
 * An open incident as the agent sees it.
 *
 * @param priority  1 (critical) to 5 (planning); 0 when the service desk gives none
 * @param state     in words
 * @param updatedAt UTC
 * @param url       page of the record, for people
 */
public record OpenIncident(
        String sysId,
        String number,
        String shortDescription,
        String state,
        int priority,
        Instant updatedAt,
        String url) {}
