package io.incidentbridge.outage;

/**
 * What callers of one language hear of an outage.
 *
 * @param language a tag such as {@code de}, as configured
 */
public record Announcement(String language, String text) {}
