package io.incidentbridge.sandbox.jira;

import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a status means; this site has one status of each, with a name of its own that is no English. */
enum Category {
    NEW(2, "blue-gray", "To Do", "10000", "Zu erledigen"),
    INDETERMINATE(4, "yellow", "In Progress", "3", "In Arbeit"),
    DONE(3, "green", "Done", "10002", "Erledigt");

    private final int id;
    private final String color;
    private final String title;
    private final String statusId;
    private final String statusName;

    Category(int id, String color, String title, String statusId, String statusName) {
        this.id = id;
        this.color = color;
        this.title = title;
        this.statusId = statusId;
        this.statusName = statusName;
    }

    static Optional<Category> of(String key) {
        return Arrays.stream(values())
                .filter(category -> category.key().equals(key))
                .findFirst();
    }

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    String statusId() {
        return statusId;
    }

    String statusName() {
        return statusName;
    }

    /** @param api address of the REST API, for the links */
    JsonObject status(String api) {
        return new JsonObject()
                .put("self", api + "/status/" + statusId)
                .put("id", statusId)
                .put("name", statusName)
                .put(
                        "statusCategory",
                        new JsonObject()
                                .put("self", api + "/statuscategory/" + id)
                                .put("id", id)
                                .put("key", key())
                                .put("colorName", color)
                                .put("name", title));
    }
}
