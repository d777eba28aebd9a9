package io.incidentbridge.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentbridge.itsm.IncidentEvent;
import io.incidentbridge.itsm.IncidentEvent.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * ServiceNow's events as integrations/servicenow sends them, and those of other senders of Standard Webhooks in the same
 * form: {@code {"type": "incident.updated", "timestamp": "...Z", "data": {"sys_id": "...", "priority": "1", ...}}}.
 */
final class StandardEvents implements SourceEvents {

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_.:-]{1,100}");
    private static final Set<String> OVER = Set.of("6", "7", "8");

    @Override
    public Receipt receipt(Headers headers, byte[] body, JsonNode json) {
        // The id is signed and stays the same when a delivery is sent again, unlike the time.
        return new Receipt(
                List.of(headers.only(StandardSignature.ID)),
                Optional.of(Instant.ofEpochSecond(Long.parseLong(headers.only(StandardSignature.TIMESTAMP)))));
    }

    @Override
    public Optional<IncidentEvent> translate(String source, String eventId, JsonNode json) {
        JsonNode data = json.path("data");
        String key = Json.first(data, "sys_id", "key");
        Kind kind = kind(json.path("type").asText(), data);
        Optional<Instant> at = Json.time(json.path("timestamp").asText());
        if (kind == null || at.isEmpty() || !KEY.matcher(key).matches()) {
            return Optional.empty();
        }
        List<String> labels = new ArrayList<>(Json.texts(data.path("labels")));
        return Optional.of(new IncidentEvent(
                source,
                key,
                kind,
                at.get(),
                Json.first(data, "short_description", "title"),
                Json.first(data, "priority"),
                Json.first(data, "category", "service"),
                labels,
                eventId));
    }

    private static Kind kind(String type, JsonNode data) {
        return switch (type) {
            case "incident.resolved", "incident.closed", "incident.cancelled", "incident.deleted" -> Kind.RESOLVED;
            case "incident.created", "incident.opened" -> isOver(data) ? Kind.RESOLVED : Kind.OPENED;
            case "incident.priority_changed" -> isOver(data) ? Kind.RESOLVED : Kind.PRIORITY_CHANGED;
            case "incident.reopened" -> isOver(data) ? Kind.RESOLVED : Kind.REOPENED;
            case "incident.updated" -> isOver(data) ? Kind.RESOLVED : Kind.UPDATED;
            default -> null;
        };
    }

    private static boolean isOver(JsonNode data) {
        return data.path("active").asText().equals("false")
                || OVER.contains(data.path("state").asText());
    }
}
