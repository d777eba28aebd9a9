package io.incidentbridge.itsm;

import io.incidentbridge.itsm.EmergencyVerdict.Effect;
import io.incidentbridge.itsm.IncidentEvent.Kind;
import io.incidentbridge.itsm.IncidentRulesConfig.EmergencyRule;
import io.incidentbridge.itsm.IncidentRulesConfig.Match;
import io.incidentbridge.itsm.IncidentRulesConfig.OutageRule;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** The configured rules by which an incident's event is an emergency or concerns an outage's topic. */
@ApplicationScoped
public class IncidentRules {

    private final Map<String, EmergencyRule> emergencies;
    private final Map<String, OutageRule> outages;

    IncidentRules(IncidentRulesConfig config) {
        this.emergencies = new TreeMap<>(config.emergencies());
        this.outages = new TreeMap<>(config.outages());
    }

    /** What the event means for emergency routing. */
    public EmergencyVerdict emergency(IncidentEvent event) {
        if (event.kind() == Kind.RESOLVED) {
            return EmergencyVerdict.END;
        }
        // Of another status too: Jira tells a change of status and of priority in one event.
        EmergencyVerdict unmatched =
                switch (event.kind()) {
                    case PRIORITY_CHANGED, STATUS_CHANGED, REOPENED -> EmergencyVerdict.END;
                    default -> EmergencyVerdict.NONE;
                };
        return first(emergencies, EmergencyRule::when, event)
                .map(rule -> declare(rule.getKey(), rule.getValue()))
                .orElse(unmatched);
    }

    /** The topic that the incident concerns, whatever has become of it; empty for none. */
    public Optional<String> outageTopic(IncidentEvent event) {
        return first(outages, OutageRule::when, event)
                .map(rule -> rule.getValue().topic());
    }

    private static EmergencyVerdict declare(String name, EmergencyRule rule) {
        return new EmergencyVerdict(
                Effect.DECLARE,
                name,
                rule.group().orElse(""),
                rule.incidentType().orElse(name),
                rule.queues(),
                rule.ttl());
    }

    private static <R> Optional<Map.Entry<String, R>> first(
            Map<String, R> rules, Function<R, Match> when, IncidentEvent event) {
        return rules.entrySet().stream()
                .filter(rule -> matches(when.apply(rule.getValue()), event))
                .findFirst();
    }

    private static boolean matches(Match match, IncidentEvent event) {
        return fits(match.sources(), Stream.of(event.source()))
                && fits(match.priorities(), Stream.of(event.priority()))
                && fits(match.services(), Stream.of(event.service()))
                && fits(match.labels(), event.labels().stream());
    }

    private static boolean fits(Optional<List<String>> wanted, Stream<String> found) {
        return wanted.isEmpty()
                || found.anyMatch(value -> wanted.get().stream().anyMatch(pattern -> fits(pattern, value)));
    }

    private static boolean fits(String pattern, String value) {
        boolean open = pattern.endsWith("*");
        String wanted = open ? pattern.substring(0, pattern.length() - 1) : pattern;
        return open ? value.regionMatches(true, 0, wanted, 0, wanted.length()) : value.equalsIgnoreCase(wanted);
    }
}
