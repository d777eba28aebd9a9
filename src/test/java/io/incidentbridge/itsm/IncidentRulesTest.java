package io.incidentbridge.itsm;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.itsm.EmergencyVerdict.Effect;
import io.incidentbridge.itsm.IncidentEvent.Kind;
import io.incidentbridge.startup.Finding;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class IncidentRulesTest {

    private static final String RULES =
            """
            bridge.incidents.emergencies.major.when.sources=pagerduty
            bridge.incidents.emergencies.major.when.priorities=P1,P2
            bridge.incidents.emergencies.major.when.labels=type:major*
            bridge.incidents.emergencies.major.queues=queue-b,queue-a
            bridge.incidents.emergencies.major.ttl=30m
            bridge.incidents.emergencies.phones.when.services=Telephony
            bridge.incidents.emergencies.phones.group=emea
            bridge.incidents.emergencies.phones.incident-type=TELEPHONY
            bridge.incidents.emergencies.phones.queues=queue-c
            bridge.incidents.outages.mail.when.services=E-mail*
            bridge.incidents.outages.mail.topic=email
            """;

    private final IncidentRules rules = new IncidentRules(config(RULES));

    @Test
    void shouldDeclareWhatMatchesInAllRespects() {
        EmergencyVerdict verdict = rules.emergency(event(Kind.OPENED, "P1", "API", "type:Major-Incident"));

        assertThat(verdict)
                .isEqualTo(new EmergencyVerdict(
                        Effect.DECLARE, "major", "", "major", List.of("queue-b", "queue-a"), Duration.ofMinutes(30)));
    }

    @Test
    void shouldTakeGroupAndTypeOfTheRule() {
        EmergencyVerdict verdict = rules.emergency(event(Kind.UPDATED, "", "telephony", ""));

        assertThat(verdict.group()).isEqualTo("emea");
        assertThat(verdict.incidentType()).isEqualTo("TELEPHONY");
        assertThat(verdict.ttl()).isEqualTo(Duration.ofHours(4));
    }

    @ParameterizedTest
    @CsvSource({"P3,type:major", "P1,type:minor", "'',type:major", "P1,''", "P11,type:major"})
    void shouldLeaveAloneWhatMatchesInPartOnly(String priority, String label) {
        assertThat(rules.emergency(event(Kind.OPENED, priority, "API", label)).effect())
                .isEqualTo(Effect.NONE);
    }

    @Test
    void shouldEndOnlyWhatIsOverOrNoLongerOfThatPriority() {
        assertThat(rules.emergency(event(Kind.RESOLVED, "P1", "API", "type:major"))
                        .effect())
                .isEqualTo(Effect.END);
        assertThat(rules.emergency(event(Kind.PRIORITY_CHANGED, "P4", "API", "type:major"))
                        .effect())
                .isEqualTo(Effect.END);
        assertThat(rules.emergency(event(Kind.PRIORITY_CHANGED, "P2", "API", "type:major"))
                        .effect())
                .isEqualTo(Effect.DECLARE);
        assertThat(rules.emergency(event(Kind.REOPENED, "P4", "API", "type:major"))
                        .effect())
                .isEqualTo(Effect.END);
        assertThat(rules.emergency(event(Kind.REOPENED, "P1", "API", "type:major"))
                        .effect())
                .isEqualTo(Effect.DECLARE);
        assertThat(rules.emergency(event(Kind.STATUS_CHANGED, "P4", "API", "type:major"))
                        .effect())
                .isEqualTo(Effect.END);
        assertThat(rules.emergency(event(Kind.STATUS_CHANGED, "P1", "API", "type:major"))
                        .effect())
                .isEqualTo(Effect.DECLARE);
        assertThat(rules.emergency(event(Kind.UPDATED, "P4", "API", "type:major"))
                        .effect())
                .isEqualTo(Effect.NONE);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldNameTheTopicOfAnOutageWhateverHappened(Kind kind) {
        assertThat(rules.outageTopic(event(kind, "P5", "e-mail gateway", ""))).contains("email");
        assertThat(rules.outageTopic(event(kind, "P5", "VPN", ""))).isEmpty();
    }

    @Test
    void shouldRefuseARuleThatMatchesEverything() {
        String careless =
                """
                bridge.incidents.emergencies.all.when.sources=jira
                bridge.incidents.emergencies.all.queues=queue-a
                """;

        assertThat(new IncidentRulesCheck(config(careless)).check())
                .extracting(Finding::key)
                .containsExactly("bridge.incidents.emergencies.all.when");
        assertThat(new IncidentRulesCheck(config(RULES)).check()).isEmpty();
    }

    private static IncidentEvent event(Kind kind, String priority, String service, String label) {
        return new IncidentEvent(
                "pagerduty", "PGR0VU2", kind, Instant.EPOCH, "", priority, service, List.of(label), "event-1");
    }

    private static IncidentRulesConfig config(String text) {
        Map<String, String> properties = text.lines()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 100, new DurationConverter())
                .withMapping(IncidentRulesConfig.class)
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build()
                .getConfigMapping(IncidentRulesConfig.class);
    }
}
