package io.incidentbridge.outbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.Map;

/**
 * An item as it is kept, whatever its state.
 *
 * @param fields by the names of lua/outbox_enqueue.lua
 */
record StoredItem(Map<String, String> fields) {

    String get(String name) {
        return fields.getOrDefault(name, "");
    }

    OutboxState state() {
        return OutboxState.valueOf(get("state"));
    }

    String kind() {
        return get("kind");
    }

    String body() {
        return get("body");
    }

    private int number(String name) {
        return get(name).isEmpty() ? 0 : Integer.parseInt(get(name));
    }

    private String time(String name) {
        return get(name).isEmpty()
                ? ""
                : Instant.ofEpochMilli(Long.parseLong(get(name))).toString();
    }

    /** For an operator's list: without the request, which may hold a caller's data. */
    ItemView view() {
        return new ItemView(
                get("id"),
                kind(),
                state(),
                get("reason"),
                get("answer"),
                number("attempts"),
                number("lost"),
                number("replays"),
                time("created"),
                time("ended"),
                JsonNodeFactory.instance.objectNode());
    }
}
