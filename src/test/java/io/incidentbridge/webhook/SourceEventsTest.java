package io.incidentbridge.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.incidentbridge.itsm.IncidentEvent;
import io.incidentbridge.itsm.IncidentEvent.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each sender's events in the bridge's words. */
class SourceEventsTest {

    private static final String PAGERDUTY =
            """
            {"event":{"id":"01ABC","event_type":"%s","resource_type":"incident","occurred_at":"2026-11-22T09:30:00.169Z",
             "agent":null,"client":null,
             "data":{"id":"PGR0VU2","type":"incident","status":"%s","title":"A little bump in the road",
              "incident_type":{"name":"major"},"service":{"id":"PF9KMXH","summary":"API Service"},
              "teams":[{"id":"PT1","summary":"Network"}],"priority":{"id":"PSO75BM","summary":"P1"},"urgency":"high"}}}
            """;

    private static final String JIRA =
            """
            {"timestamp":1606480436302,"webhookEvent":"%s",
             "issue":{"id":"99291","key":"JRA-20002","fields":{"summary":"Mail is down","priority":{"id":"1","name":"Highest"},
              "status":{"id":"3","name":"Whatever","statusCategory":{"id":4,"key":"%s"}},"issuetype":{"name":"Incident"},
              "labels":["mail"],"components":[{"name":"Exchange"}],"project":{"key":"JRA"}}},
             "changelog":{"items":[{"field":"%s","fieldId":"%s","from":"1","to":"2"}]}}
            """;

    @ParameterizedTest
    @CsvSource({
        "incident.triggered,triggered,OPENED",
        "incident.acknowledged,acknowledged,UPDATED",
        "incident.priority_updated,triggered,PRIORITY_CHANGED",
        "incident.incident_type.changed,triggered,UPDATED",
        "incident.reopened,triggered,REOPENED",
        "incident.resolved,resolved,RESOLVED",
        "incident.priority_updated,resolved,RESOLVED"
    })
    void shouldTranslateEventsOfPagerDuty(String type, String status, Kind kind) {
        assertThat(pagerDuty(PAGERDUTY.formatted(type, status)))
                .contains(new IncidentEvent(
                        "pagerduty",
                        "PGR0VU2",
                        kind,
                        Instant.parse("2026-11-22T09:30:00.169Z"),
                        "A little bump in the road",
                        "P1",
                        "API Service",
                        List.of("type:major", "urgency:high", "team:Network"),
                        "id-1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"incident.annotated", "incident.responder.added", "service.updated", "pagey.ping", "", "new"})
    void shouldIgnoreOtherEventsOfPagerDuty(String type) {
        assertThat(pagerDuty(PAGERDUTY.formatted(type, "triggered"))).isEmpty();
    }

    @Test
    void shouldTakeAbsentPriorityAndServiceOfPagerDutyForNone() {
        String bare =
                """
                {"event":{"id":"1","event_type":"incident.triggered","occurred_at":"2026-11-22T09:30:00Z",
                 "data":{"id":"PGR0VU2","type":"incident","priority":null,"service":null,"title":null}}}
                """;

        IncidentEvent event = pagerDuty(bare).orElseThrow();

        assertThat(event.priority()).isEmpty();
        assertThat(event.service()).isEmpty();
        assertThat(event.title()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../users", "PGR0VU2/x", "", "a b"})
    void shouldIgnoreKeysThatMustNotReachAnAddress(String key) {
        assertThat(pagerDuty(
                        PAGERDUTY.formatted("incident.triggered", "triggered").replace("PGR0VU2", key)))
                .isEmpty();
    }

    @Test
    void shouldRecogniseADeliveryOfPagerDutyByItsSignedId() {
        JsonNode json = json(PAGERDUTY.formatted("incident.triggered", "triggered"));

        assertThat(WebhookSource.PAGERDUTY
                        .events()
                        .receipt(WebhookFixture.headers(Map.of("X-Webhook-Id", "changed")), new byte[0], json)
                        .identities())
                .containsExactly("01ABC");
    }

    @ParameterizedTest
    @CsvSource({
        "jira:issue_created,new,summary,OPENED",
        "jira:issue_created,done,summary,RESOLVED",
        "jira:issue_updated,new,summary,UPDATED",
        "jira:issue_updated,indeterminate,status,STATUS_CHANGED",
        "jira:issue_updated,new,priority,PRIORITY_CHANGED",
        "jira:issue_updated,done,priority,RESOLVED",
        "jira:issue_updated,done,status,RESOLVED",
        "jira:issue_deleted,new,status,RESOLVED"
    })
    void shouldTranslateEventsOfJiraByCategoryNotName(String type, String category, String field, Kind kind) {
        assertThat(jira(JIRA.formatted(type, category, field, field)))
                .contains(new IncidentEvent(
                        "jira",
                        "JRA-20002",
                        kind,
                        Instant.ofEpochMilli(1_606_480_436_302L),
                        "Mail is down",
                        "Highest",
                        "JRA",
                        List.of("mail", "type:Incident", "Exchange"),
                        "id-1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"comment_created", "jira:version_released", ""})
    void shouldIgnoreOtherEventsOfJira(String type) {
        assertThat(jira(JIRA.formatted(type, "new", "x", "x"))).isEmpty();
    }

    @Test
    void shouldRecogniseADeliveryOfJiraByBodyAndIdentifier() {
        byte[] body = WebhookFixture.bytes("{}");
        Headers headers = WebhookFixture.headers(Map.of("X-Atlassian-Webhook-Identifier", "abc"));

        assertThat(WebhookSource.JIRA
                        .events()
                        .receipt(headers, body, json("{}"))
                        .identities())
                .containsExactly(Hashes.sha256(body), "abc");
    }

    @ParameterizedTest
    @CsvSource({
        "incident.created,2,true,OPENED",
        "incident.updated,2,true,UPDATED",
        "incident.priority_changed,2,true,PRIORITY_CHANGED",
        "incident.priority_changed,6,true,RESOLVED",
        "incident.updated,7,false,RESOLVED",
        "incident.reopened,2,true,REOPENED",
        "incident.resolved,2,true,RESOLVED"
    })
    void shouldTranslateEventsOfServiceNow(String type, String state, String active, Kind kind) {
        String body =
                """
                {"type":"%s","timestamp":"2026-11-22T09:30:00Z","data":{"table":"incident",
                 "sys_id":"62826bf03710200044e0bfc8bcbe5df1","number":"INC0010001","sys_mod_count":"7","operation":"update",
                 "priority":"1","state":"%s","active":"%s","category":"network","labels":["vip"]}}
                """
                        .formatted(type, state, active);

        assertThat(WebhookSource.SERVICENOW.events().translate("servicenow", "id-1", json(body)))
                .contains(new IncidentEvent(
                        "servicenow",
                        "62826bf03710200044e0bfc8bcbe5df1",
                        kind,
                        Instant.parse("2026-11-22T09:30:00Z"),
                        "",
                        "1",
                        "network",
                        List.of("vip"),
                        "id-1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"type\":7,\"data\":[]}",
                "{\"event\":[],\"issue\":{\"key\":{}},\"timestamp\":\"x\"}",
                "{\"type\":\"incident.updated\",\"timestamp\":\"yesterday\",\"data\":{\"sys_id\":\"a\"}}"
            })
    void shouldIgnoreWhatHasNoForm(String body) {
        for (WebhookSource source : WebhookSource.values()) {
            assertThat(source.events().translate("any", "id-1", json(body))).isEmpty();
        }
    }

    private static Optional<IncidentEvent> pagerDuty(String body) {
        return WebhookSource.PAGERDUTY.events().translate("pagerduty", "id-1", json(body));
    }

    private static Optional<IncidentEvent> jira(String body) {
        return WebhookSource.JIRA.events().translate("jira", "id-1", json(body));
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
