package io.incidentbridge.servicenow;

import io.incidentbridge.startup.Finding;
import io.incidentbridge.startup.StartupCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A misspelt placeholder would stand in no ticket, and a column that is the bridge's own would break its promises. */
@ApplicationScoped
class IncidentFieldsCheck implements StartupCheck {

    private static final String PREFIX = "bridge.servicenow.incident.";
    private static final Pattern COLUMN = Pattern.compile("[a-z][a-z0-9_]{0,79}");
    private static final Set<String> OWN = Set.of("sys_id", "correlation_id");

    private final IncidentConfig config;

    IncidentFieldsCheck(IncidentConfig config) {
        this.config = config;
    }

    @Override
    public Stream<Finding> check() {
        Map<String, Optional<String>> templates = new TreeMap<>();
        config.fields().forEach((column, template) -> templates.put("fields." + column, template));
        templates.put("note", config.note());
        Stream<Finding> columns = config.fields().keySet().stream()
                .filter(column ->
                        OWN.contains(column) || !COLUMN.matcher(column).matches())
                .map(column ->
                        Finding.unsafe(PREFIX + "fields." + column, "is not a column to be filled", "take it away"));
        Stream<Finding> lengths = config.lengths().entrySet().stream()
                .filter(length -> length.getValue() < 1)
                .map(length -> Finding.unsafe(
                        PREFIX + "lengths." + length.getKey(), "leaves nothing of the column", "take 1 or more"));
        Stream<Finding> names =
                templates.entrySet().stream().flatMap(entry -> unknown(entry.getKey(), entry.getValue()));
        return Stream.of(columns, lengths, names).flatMap(found -> found);
    }

    private static Stream<Finding> unknown(String key, Optional<String> template) {
        return template.stream()
                .flatMap(text -> FieldTemplate.parse(text).names().stream())
                .filter(name -> !IncidentFields.PLACEHOLDERS.containsKey(name))
                .map(name -> Finding.unsafe(
                        PREFIX + key,
                        "names {" + name + "}, which does not exist",
                        "take one of " + String.join(", ", IncidentFields.PLACEHOLDERS.keySet())));
    }
}
