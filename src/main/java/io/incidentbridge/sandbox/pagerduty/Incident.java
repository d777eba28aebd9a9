package io.incidentbridge.sandbox.pagerduty;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * An incident as one moment has it.
 *
 * @param priority name of the priority, empty for none
 * @param status   {@code triggered}, {@code acknowledged} or {@code resolved}
 */
record Incident(
        String id, int number, String title, String service, String priority, String type, String status, Times times) {

    /** Itself when nothing changes. */
    Incident with(String changedStatus, String changedPriority, Instant at) {
        boolean sameStatus = changedStatus.equals(status);
        if (sameStatus && changedPriority.equals(priority)) {
            return this;
        }
        Times changed = sameStatus ? times.updated(at) : times.statusChanged(status, changedStatus, at);
        return new Incident(id, number, title, service, changedPriority, type, changedStatus, changed);
    }

    /** As {@code GET /incidents/{id}} has it. */
    JsonObject toJson() {
        return common().put("incident_number", number)
                .put("updated_at", time(times.updated()))
                .put("last_status_change_at", time(times.statusChanged()))
                .put("resolved_at", time(times.resolved()));
    }

    /** As a webhook's {@code event.data} has it. */
    JsonObject toEventData() {
        return common().put("number", number)
                .put("reopened_at", time(times.reopened()))
                .put("incident_type", new JsonObject().put("name", type))
                .put("assignees", new JsonArray())
                .put("conference_bridge", null)
                .put("resolve_reason", null);
    }

    private JsonObject common() {
        return new JsonObject()
                .put("id", id)
                .put("type", "incident")
                .put("self", "https://api.pagerduty.com/incidents/" + id)
                .put("html_url", "https://acme.pagerduty.com/incidents/" + id)
                .put("incident_key", id.toLowerCase(Locale.ROOT))
                .put("title", title)
                .put("status", status)
                .put("urgency", "high")
                .put("created_at", time(times.created()))
                .put("service", reference("PF9KMXH", service, "service_reference"))
                .put("escalation_policy", reference("PUS0KTE", "Default", "escalation_policy_reference"))
                .put("teams", new JsonArray())
                .put("priority", priority.isEmpty() ? null : reference(priorityId(), priority, "priority_reference"));
    }

    /** The same name is the same priority. */
    private String priorityId() {
        return "P"
                + Integer.toString(Math.floorMod(priority.hashCode(), 100_000), 36)
                        .toUpperCase(Locale.ROOT);
    }

    private static JsonObject reference(String id, String summary, String type) {
        return new JsonObject().put("id", id).put("summary", summary).put("type", type);
    }

    /** Whole seconds, as PagerDuty tells all times but that of an event. */
    private static String time(Instant at) {
        return at == null ? null : at.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
