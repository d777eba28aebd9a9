package io.incidentbridge.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentbridge.itsm.IncidentEvent;
import io.incidentbridge.itsm.IncidentEvent.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * PagerDuty's V3 events. Those about something else than the incident itself (notes, responders, tasks, services) and
 * types that PagerDuty adds later are none of ours.
 */
final class PagerDutyEvents implements SourceEvents {

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9]{1,40}");

    /** {@code X-Webhook-Id} is not signed, so whoever has captured a body could change it. */
    @Override
    public Receipt receipt(Headers headers, byte[] body, JsonNode json) {
        JsonNode event = json.path("event");
        String id = event.path("id").asText();
        return new Receipt(
                List.of(id.isEmpty() ? Hashes.sha256(body) : id),
                Json.time(event.path("occurred_at").asText()));
    }

    @Override
    public Optional<IncidentEvent> translate(String source, String eventId, JsonNode json) {
        JsonNode event = json.path("event");
        JsonNode incident = event.path("data");
        String key = incident.path("id").asText();
        Kind kind = kind(event.path("event_type").asText(), incident);
        if (kind == null
                || !incident.path("type").asText().equals("incident")
                || !KEY.matcher(key).matches()) {
            return Optional.empty();
        }
        return Json.time(event.path("occurred_at").asText())
                .map(at -> new IncidentEvent(
                        source,
                        key,
                        kind,
                        at,
                        Json.first(incident, "title"),
                        // A reference; null when the account has no priorities or this incident has none.
                        Json.first(incident.path("priority"), "summary", "name"),
                        Json.first(incident.path("service"), "summary", "id"),
                        labels(incident),
                        eventId));
    }

    private static Kind kind(String type, JsonNode incident) {
        Kind kind =
                switch (type) {
                    case "incident.triggered" -> Kind.OPENED;
                    case "incident.reopened" -> Kind.REOPENED;
                    case "incident.resolved" -> Kind.RESOLVED;
                    case "incident.priority_updated" -> Kind.PRIORITY_CHANGED;
                    case "incident.acknowledged",
                            "incident.unacknowledged",
                            "incident.escalated",
                            "incident.delegated",
                            "incident.reassigned",
                            "incident.service_updated",
                            "incident.incident_type.changed",
                            "incident.custom_field_values.updated" -> Kind.UPDATED;
                    default -> null;
                };
        return kind != null && incident.path("status").asText().equals("resolved") ? Kind.RESOLVED : kind;
    }

    private static List<String> labels(JsonNode incident) {
        List<String> labels = new ArrayList<>();
        add(labels, "type:", Json.first(incident.path("incident_type"), "name"));
        add(labels, "urgency:", Json.first(incident, "urgency"));
        incident.path("teams").forEach(team -> add(labels, "team:", Json.first(team, "summary", "id")));
        return labels;
    }

    private static void add(List<String> labels, String prefix, String value) {
        if (!value.isEmpty()) {
            labels.add(prefix + value);
        }
    }
}
