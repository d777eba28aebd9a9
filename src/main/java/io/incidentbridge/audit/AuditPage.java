package io.incidentbridge.audit;

import java.util.List;

/**
 * Some entries, the newest first.
 *
 * @param entries those that match
 * @param next    cursor of the next page, empty at the beginning of the trail; a page may be short and have one
 */
public record AuditPage(List<AuditEntry> entries, String next) {}
