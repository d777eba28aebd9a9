package io.incidentbridge.servicenow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text with placeholders, {@code {name}} or {@code {name|instead}} for when there is no value. What is filled in is never
 * looked at again, so that a value with braces stays what it is. A line whose placeholders are all empty is left out.
 */
final class FieldTemplate {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z]+)(?:\\|([^{}]*))?}");

    private final List<String> lines;

    private FieldTemplate(List<String> lines) {
        this.lines = lines;
    }

    static FieldTemplate parse(String text) {
        return new FieldTemplate(text.lines().toList());
    }

    /** The names of all placeholders. */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        lines.forEach(line -> PLACEHOLDER.matcher(line).results().forEach(result -> names.add(result.group(1))));
        return names;
    }

    /** @param values by name, "" for none */
    String fill(Map<String, String> values) {
        List<String> filled = new ArrayList<>();
        for (String line : lines) {
            Matcher placeholder = PLACEHOLDER.matcher(line);
            StringBuilder text = new StringBuilder();
            boolean asked = false;
            boolean given = false;
            while (placeholder.find()) {
                String value = value(placeholder, values);
                asked = true;
                given |= !value.isEmpty();
                placeholder.appendReplacement(text, Matcher.quoteReplacement(value));
            }
            placeholder.appendTail(text);
            if (given || !asked) {
                filled.add(text.toString());
            }
        }
        return String.join("\n", filled);
    }

    private static String value(Matcher placeholder, Map<String, String> values) {
        String value = values.getOrDefault(placeholder.group(1), "");
        String instead = placeholder.group(2);
        return value.isEmpty() && instead != null ? instead : value;
    }
}
