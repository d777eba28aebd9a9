package io.incidentbridge.itsm;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What a source says has become of one of its incidents. It is a hint, delivered at least once and in any order: whoever
 * acts on it compares {@link #at()} with what it knows, or reads the incident again.
 *
 * @param source   {@code servicenow}, {@code pagerduty}, {@code jira}, or another {@link IncidentSource#name()}
 * @param key      by which the source's incident can be read again: a sys_id, a PagerDuty id, a Jira issue key; never
 *                 empty, 100 characters at most
 * @param at       when it happened at the source, UTC; when it arrived for a source that does not say
 * @param title    empty when the source does not send it
 * @param priority as the source names it, for example {@code 1}, {@code P1} or {@code Highest}; empty when it has none or
 *                 does not send it
 * @param service  affected service, project or category as the source names it for people; empty as above
 * @param labels   further names that rules may look for, never null
 * @param eventId  the same for each delivery of this event, unique within the source
 */
public record IncidentEvent(
        String source,
        String key,
        Kind kind,
        Instant at,
        String title,
        String priority,
        String service,
        List<String> labels,
        String eventId) {

    public IncidentEvent {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(at);
        if (source.isEmpty() || key.isEmpty()) {
            throw new IllegalArgumentException("an incident event needs a source and a key");
        }
        labels = List.copyOf(labels);
    }

    /** What has become of the incident. */
    public enum Kind {
        /** Declared for the first time. */
        OPENED,
        /** Still open; something but its priority has changed. */
        UPDATED,
        /** Still open; its priority is another one, higher or lower. */
        PRIORITY_CHANGED,
        /** Open, in another status than before; its source does not say whether that one was an open one. */
        STATUS_CHANGED,
        /** Over, as the source sees it: resolved, closed, cancelled or deleted. */
        RESOLVED,
        /** Open again after it was over. */
        REOPENED
    }
}
