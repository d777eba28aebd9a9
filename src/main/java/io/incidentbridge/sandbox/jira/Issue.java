package io.incidentbridge.sandbox.jira;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * An issue as one moment has it.
 *
 * @param priority its name
 */
record Issue(
        int id,
        String key,
        String summary,
        String priority,
        String type,
        Category category,
        Instant created,
        Instant updated) {

    private static final String SITE = "https://acme.atlassian.net";
    /** A site's own priorities have higher ids. */
    private static final List<String> PRIORITIES = List.of("Highest", "High", "Medium", "Low", "Lowest");

    private static final int OWN_PRIORITIES = 10_000;
    /** An offset without a colon, as Jira writes it. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ");

    Issue with(String changedPriority, Category changedCategory, Instant at) {
        return new Issue(id, key, summary, changedPriority, type, changedCategory, created, at);
    }

    /** @param version of the REST API that answers */
    JsonObject toJson(int version) {
        String api = SITE + "/rest/api/" + version;
        JsonObject fields = new JsonObject()
                .put("summary", summary)
                .put(
                        "priority",
                        new JsonObject()
                                .put("self", api + "/priority/" + priorityId())
                                .put("iconUrl", SITE + "/images/icons/priorities/medium.svg")
                                .put("id", priorityId())
                                .put("name", priority))
                .put("status", category.status(api))
                .put("issuetype", new JsonObject().put("id", "10001").put("name", type))
                .put("project", new JsonObject().put("key", key.substring(0, key.indexOf('-'))))
                .put("labels", new JsonArray())
                .put("components", new JsonArray())
                .put("created", time(created))
                .put("updated", time(updated));
        return new JsonObject()
                .put("id", Integer.toString(id))
                .put("self", api + "/issue/" + id)
                .put("key", key)
                .put("fields", fields);
    }

    /** The same name is the same priority. */
    String priorityId() {
        int known = PRIORITIES.indexOf(priority);
        return Integer.toString(
                known >= 0 ? known + 1 : OWN_PRIORITIES + Math.floorMod(priority.hashCode(), OWN_PRIORITIES));
    }

    private static String time(Instant at) {
        return TIME.format(at.atOffset(ZoneOffset.ofHours(-6)));
    }
}
