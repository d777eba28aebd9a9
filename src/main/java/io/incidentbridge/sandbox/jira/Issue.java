package io.incidentbridge.sandbox.jira;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * An issue as one moment has it.
 *
 * @param category of its status: {@code new}, {@code indeterminate} or {@code done}
 */
record Issue(int id, String key, String summary, String priority, String type, String category, Instant updated) {

    /** An offset without a colon, as Jira writes it. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ");

    Issue with(String changedPriority, String changedCategory, Instant at) {
        return new Issue(id, key, summary, changedPriority, type, changedCategory, at);
    }

    JsonObject toJson() {
        JsonObject fields = new JsonObject()
                .put("summary", summary)
                .put("priority", new JsonObject().put("id", "1").put("name", priority))
                .put("status", status())
                .put("issuetype", new JsonObject().put("id", "10001").put("name", type))
                .put("project", new JsonObject().put("key", key.substring(0, key.indexOf('-'))))
                .put("labels", new JsonArray())
                .put("components", new JsonArray())
                .put("updated", TIME.format(updated.atOffset(ZoneOffset.ofHours(-6))));
        return new JsonObject()
                .put("id", Integer.toString(id))
                .put("key", key)
                .put("self", "https://acme.atlassian.net/rest/api/2/issue/" + id)
                .put("fields", fields);
    }

    /** Its name is the site's own, and no English. */
    private JsonObject status() {
        String name = category.equals("done") ? "Erledigt" : "In Arbeit";
        return new JsonObject()
                .put("id", statusId())
                .put("name", name)
                .put("statusCategory", new JsonObject().put("key", category));
    }

    String statusId() {
        return switch (category) {
            case "done" -> "10002";
            case "new" -> "10000";
            default -> "3";
        };
    }
}
