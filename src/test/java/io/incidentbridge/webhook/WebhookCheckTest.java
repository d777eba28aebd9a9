package io.incidentbridge.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.itsm.IncidentRulesConfig;
import io.incidentbridge.startup.Finding;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebhookCheckTest {

    private static final Map<String, String> SITES = Map.of(
            "bridge.webhook.jira.first.secrets", "0123456789abcdef-1",
            "bridge.webhook.jira.second.secrets", "0123456789abcdef-2");
    private static final Map<String, String> EMERGENCIES = Map.of(
            "bridge.incidents.emergencies.major.when.priorities", "Highest",
            "bridge.incidents.emergencies.major.queues", "queue-a");

    @Test
    void shouldReportJiraSitesThatShareASourceOfEmergencies() {
        assertThat(findings(SITES, EMERGENCIES)).singleElement().satisfies(finding -> {
            assertThat(finding.key()).isEqualTo("bridge.webhook.jira.second.source");
            assertThat(finding.severity()).isEqualTo(Finding.Severity.QUESTIONABLE);
        });
    }

    @Test
    void shouldAcceptSitesOfDifferentSources() {
        assertThat(findings(SITES, EMERGENCIES, Map.of("bridge.webhook.jira.second.source", "jira-second")))
                .isEmpty();
    }

    @Test
    void shouldAcceptSitesWhoseIssuesAreNoEmergency() {
        assertThat(findings(SITES)).isEmpty();
        assertThat(findings(SITES, EMERGENCIES, Map.of("bridge.incidents.emergencies.major.when.sources", "pagerduty")))
                .isEmpty();
    }

    @SafeVarargs
    private static List<Finding> findings(Map<String, String>... properties) {
        Map<String, String> all = new HashMap<>();
        List.of(properties).forEach(all::putAll);
        return new WebhookCheck(WebhookFixture.config(all), rules(all)).check().toList();
    }

    private static IncidentRulesConfig rules(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 100, new DurationConverter())
                .withMapping(IncidentRulesConfig.class)
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build()
                .getConfigMapping(IncidentRulesConfig.class);
    }
}
