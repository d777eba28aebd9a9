package io.incidentbridge.outage;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a call is about, in the one spelling by which calls are counted. */
@ApplicationScoped
class Topics {

    /** The service desk as a whole; no call's own topic. */
    static final String GLOBAL = "global";

    private static final Pattern UNUSUAL = Pattern.compile("[^\\p{L}\\p{N}_.:]+");
    private static final Pattern ID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
    private static final Pattern EDGES = Pattern.compile("^-+|-+$");
    private static final int LONGEST = 100;

    private final OutageConfig config;
    private final Map<String, String> names;
    private final Map<String, String> labels;

    Topics(OutageConfig config) {
        this.config = config;
        this.names = spelled(config.topics());
        this.labels = spelled(config.labels());
    }

    /** The topic for what a flow sent; empty for nothing. */
    String of(String raw) {
        String name = spelled(raw == null ? "" : raw);
        String topic = names.containsKey(name) ? spelled(names.get(name)) : name;
        return topic.equals(GLOBAL) ? "global-topic" : topic;
    }

    /** The topic of a wrap-up; empty when the configured field is. */
    String of(String wrapUpCode, String category, String queue) {
        return of(
                switch (config.topicFrom()) {
                    case WRAP_UP_CODE -> wrapUpCode;
                    case CATEGORY -> category;
                    case QUEUE -> queue;
                });
    }

    /** For an operator, who may also name the service desk as a whole. */
    String named(String raw) {
        return spelled(raw).equals(GLOBAL) ? GLOBAL : of(raw);
    }

    /** The topic in words. */
    String label(String topic) {
        return labels.getOrDefault(topic, topic.equals(GLOBAL) ? "" : topic);
    }

    /**
     * What tickets call a wrap-up code: its label, else the code as it was sent. An id says nothing to anybody, so that one
     * without a label is called by its topic.
     */
    String inWords(String wrapUpCode) {
        String name = spelled(wrapUpCode);
        String label = labels.get(name);
        if (label != null) {
            return label;
        }
        return ID.matcher(name).matches() ? label(of(wrapUpCode)) : wrapUpCode;
    }

    /** The topic in the title of an incident. */
    String title(String topic) {
        return topic.equals(GLOBAL) ? "several topics" : label(topic);
    }

    private static Map<String, String> spelled(Map<String, String> configured) {
        return configured.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> spelled(entry.getKey()), Map.Entry::getValue, (first, second) -> second));
    }

    private static String spelled(String raw) {
        String text = raw.length() > LONGEST ? raw.substring(0, LONGEST) : raw;
        String dashed = UNUSUAL.matcher(text.strip().toLowerCase(Locale.ROOT)).replaceAll("-");
        return EDGES.matcher(dashed).replaceAll("");
    }
}
