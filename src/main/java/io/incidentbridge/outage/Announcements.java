package io.incidentbridge.outage;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What callers hear of an outage. */
@ApplicationScoped
class Announcements {

    private static final String ENGLISH = "We are aware of the current {topic} outage. "
            + "I have noted your call against the master incident{master}.";

    private final OutageConfig config;
    private final Topics topics;

    Announcements(OutageConfig config, Topics topics) {
        this.config = config;
        this.topics = topics;
    }

    /** In the configured language first, then in the others by their names. */
    List<Announcement> all(String topic, Master master) {
        return Stream.concat(
                        Stream.of(config.language()),
                        config.announcements().keySet().stream()
                                .filter(language -> !language.equals(config.language()))
                                .sorted())
                .map(language -> new Announcement(language, of(language, topic, master)))
                .toList();
    }

    /** @param language null for the configured one; a language without a text gets the configured one's */
    String of(String language, String topic, Master master) {
        Map<String, String> texts = config.announcements();
        String text = language == null ? null : texts.get(language);
        if (text == null) {
            text = texts.getOrDefault(config.language(), ENGLISH);
        }
        return text.replace("{topic}", topics.label(topic))
                .replace("{master}", master.known() ? " " + master.number() : "")
                .replaceAll(" {2,}", " ");
    }
}
