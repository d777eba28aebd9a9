package io.incidentbridge.itsm;

import io.incidentbridge.itsm.IncidentRulesConfig.Match;
import io.incidentbridge.startup.Finding;
import io.incidentbridge.startup.StartupCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** A rule that names nothing would match every incident of every source. */
@ApplicationScoped
class IncidentRulesCheck implements StartupCheck {

    private static final String PREFIX = "bridge.incidents.";

    private final IncidentRulesConfig config;

    IncidentRulesCheck(IncidentRulesConfig config) {
        this.config = config;
    }

    @Override
    public Stream<Finding> check() {
        return Stream.concat(
                unlimited("emergencies", config.emergencies(), IncidentRulesConfig.EmergencyRule::when),
                unlimited("outages", config.outages(), IncidentRulesConfig.OutageRule::when));
    }

    private static <R> Stream<Finding> unlimited(String kind, Map<String, R> rules, Function<R, Match> when) {
        return rules.entrySet().stream()
                .filter(rule -> isUnlimited(when.apply(rule.getValue())))
                .map(rule -> {
                    String key = PREFIX + kind + "." + rule.getKey() + ".when";
                    return Finding.unsafe(
                            key,
                            "names no priority, service or label, so every incident would match",
                            "set " + key + ".priorities, .services or .labels");
                });
    }

    private static boolean isUnlimited(Match match) {
        return match.priorities().isEmpty()
                && match.services().isEmpty()
                && match.labels().isEmpty();
    }
}
