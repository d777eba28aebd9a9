package io.incidentbridge.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentbridge.itsm.IncidentEvent;
import io.incidentbridge.itsm.IncidentEvent.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Jira's issue events. An issue is over when its status is of the category {@code done}: names of statuses are translated
 * and customised.
 */
final class JiraEvents implements SourceEvents {

    static final String IDENTIFIER = "X-Atlassian-Webhook-Identifier";

    private static final Pattern KEY = Pattern.compile("[A-Z][A-Z0-9_]{0,80}-[0-9]{1,15}");

    /** The identifier is the same for each retry but not signed, so the body counts as well: either one repeats. */
    @Override
    public Receipt receipt(Headers headers, byte[] body, JsonNode json) {
        String identifier = headers.only(IDENTIFIER);
        List<String> identities = Stream.of(Hashes.sha256(body), identifier)
                .filter(identity -> identity != null && !identity.isBlank())
                .toList();
        JsonNode timestamp = json.path("timestamp");
        return new Receipt(
                identities,
                timestamp.isIntegralNumber() && timestamp.canConvertToLong()
                        ? Optional.of(Instant.ofEpochMilli(timestamp.asLong()))
                        : Optional.empty());
    }

    @Override
    public Optional<IncidentEvent> translate(String source, String eventId, JsonNode json) {
        JsonNode issue = json.path("issue");
        JsonNode fields = issue.path("fields");
        String key = issue.path("key").asText();
        Kind kind = kind(json.path("webhookEvent").asText(), fields, json.path("changelog"));
        if (kind == null || !KEY.matcher(key).matches()) {
            return Optional.empty();
        }
        return Optional.of(new IncidentEvent(
                source,
                key,
                kind,
                Instant.ofEpochMilli(json.path("timestamp").asLong()),
                Json.first(fields, "summary"),
                Json.first(fields.path("priority"), "name"),
                Json.first(fields.path("project"), "key"),
                labels(fields),
                eventId));
    }

    private static Kind kind(String type, JsonNode fields, JsonNode changelog) {
        boolean over = fields.path("status")
                .path("statusCategory")
                .path("key")
                .asText()
                .equals("done");
        return switch (type) {
            case "jira:issue_deleted" -> Kind.RESOLVED;
            case "jira:issue_created" -> over ? Kind.RESOLVED : Kind.OPENED;
            case "jira:issue_updated" -> over ? Kind.RESOLVED : change(changelog);
            default -> null;
        };
    }

    /** The changelog names ids of statuses without their category: a step between two open ones looks like reopening. */
    private static Kind change(JsonNode changelog) {
        if (isChanged(changelog, "status")) {
            return Kind.STATUS_CHANGED;
        }
        return isChanged(changelog, "priority") ? Kind.PRIORITY_CHANGED : Kind.UPDATED;
    }

    private static boolean isChanged(JsonNode changelog, String field) {
        return StreamSupport.stream(changelog.path("items").spliterator(), false)
                .anyMatch(item -> Json.first(item, "fieldId", "field").equals(field));
    }

    private static List<String> labels(JsonNode fields) {
        List<String> labels = new ArrayList<>(Json.texts(fields.path("labels")));
        String type = Json.first(fields.path("issuetype"), "name");
        if (!type.isEmpty()) {
            labels.add("type:" + type);
        }
        fields.path("components").forEach(component -> labels.add(Json.first(component, "name")));
        return labels;
    }
}
