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
        String id,
        int number,
        String title,
        String service,
        String priority,
        String type,
        String status,
        Instant created) {

    Incident withStatus(String changed) {
        return new Incident(id, number, title, service, priority, type, changed, created);
    }

    Incident withPriority(String changed) {
        return new Incident(id, number, title, service, changed, type, status, created);
    }

    /** As {@code GET /incidents/{id}} has it. */
    JsonObject toJson(Instant updated) {
        return common().put("incident_number", number)
                .put("updated_at", time(updated))
                .put("last_status_change_at", time(updated))
                .put("resolved_at", status.equals("resolved") ? time(updated) : null);
    }

    /** As a webhook's {@code event.data} has it. */
    JsonObject toEventData() {
        return common().put("number", number)
                .put("incident_key", id.toLowerCase(Locale.ROOT))
                .put("incident_type", new JsonObject().put("name", type))
                .put("teams", new JsonArray())
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
                .put("title", title)
                .put("status", status)
                .put("urgency", "high")
                .put("created_at", time(created))
                .put("service", reference("PF9KMXH", service, "service_reference"))
                .put("priority", priority.isEmpty() ? null : reference("PSO75BM", priority, "priority_reference"));
    }

    private static JsonObject reference(String id, String summary, String type) {
        return new JsonObject().put("id", id).put("summary", summary).put("type", type);
    }

    static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
