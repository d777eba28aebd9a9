package io.incidentbridge.sandbox.jira;

import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The parameter {@code fields} of a read: names to show, {@code *all} or {@code *navigable}, and names to leave out
 * after a minus sign. Names of no field are ignored; without the parameter, or with nothing but names to leave out, all
 * are shown.
 */
final class FieldSelection {

    private final Set<String> shown = new HashSet<>();
    private final Set<String> hidden = new HashSet<>();

    /** @param parameters each a list with commas */
    FieldSelection(List<String> parameters) {
        parameters.stream()
                .flatMap(list -> Arrays.stream(list.split(",")))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .forEach(name -> {
                    if (name.startsWith("-")) {
                        hidden.add(name.substring(1));
                    } else {
                        shown.add(name);
                    }
                });
    }

    JsonObject of(JsonObject issue) {
        issue.getJsonObject("fields").getMap().keySet().removeIf(name -> !shows(name));
        return issue;
    }

    private boolean shows(String name) {
        boolean all = shown.isEmpty() || shown.contains("*all") || shown.contains("*navigable");
        return (all || shown.contains(name)) && !hidden.contains(name);
    }
}
