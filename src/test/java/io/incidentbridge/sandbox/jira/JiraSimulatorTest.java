package io.incidentbridge.sandbox.jira;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.sandbox.MutableClock;
import io.incidentbridge.sandbox.VendorClient;
import io.incidentbridge.sandbox.WebhookReceiver;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is expected here is from developer.atlassian.com/cloud/jira/platform, webhooks and REST API v3. */
class JiraSimulatorTest {

    private static final String CONTROL = "/sandbox/jira/control/issues";

    private final MutableClock clock = new MutableClock();
    private VendorClient vendors;
    private WebhookReceiver bridge;

    @BeforeEach
    void start() throws Exception {
        vendors = VendorClient.start(clock);
        bridge = WebhookReceiver.of(vendors);
    }

    @AfterEach
    void stop() {
        vendors.close();
        bridge.close();
    }

    @Test
    void shouldFindByIdAndByKey() throws Exception {
        JsonObject issue = create("Medium");

        assertThat(issue("/" + issue.getString("key"))).isEqualTo(issue);
        assertThat(issue("/" + issue.getString("id"))).isEqualTo(issue);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "status           | status",
                "status,summary   | status,summary",
                "status,nonesuch  | status",
                "updated&fields=summary | updated,summary",
                "-status,-labels,-components,-project,-issuetype,-created,-updated,-priority | summary",
                "*all,-status,-labels,-components,-project,-issuetype,-created,-updated      | summary,priority"
            })
    void shouldShowTheFieldsAskedFor(String fields, String shown) throws Exception {
        JsonObject issue = create("Medium");

        JsonObject read = issue("/" + issue.getString("key") + "?fields=" + fields);

        assertThat(read.getString("key")).isEqualTo(issue.getString("key"));
        assertThat(read.getJsonObject("fields").fieldNames()).containsExactlyInAnyOrder(shown.split(","));
    }

    @ParameterizedTest
    @CsvSource({"Highest,1", "High,2", "Medium,3", "Low,4", "Lowest,5"})
    void shouldIdentifyAPriorityByItsName(String name, String id) throws Exception {
        assertThat(create(name)
                        .getJsonObject("fields")
                        .getJsonObject("priority")
                        .getMap())
                .containsEntry("id", id)
                .containsEntry("name", name);
    }

    @Test
    void shouldTellWhenItWasCreatedAndChanged() throws Exception {
        String key = create("Medium").getString("key");
        clock.advance(Duration.ofMinutes(1));
        change(key, "{\"priority\":\"High\"}");
        clock.advance(Duration.ofMinutes(1));

        assertThat(issue("/" + key).getJsonObject("fields").getMap())
                .containsEntry("created", "2026-07-01T06:00:00.000-0600")
                .containsEntry("updated", "2026-07-01T06:01:00.000-0600");
    }

    @Test
    void shouldTellOfANewIssue() throws Exception {
        create("Medium");

        JsonObject body = bridge.awaitLast(1);

        assertThat(body.getString("webhookEvent")).isEqualTo("jira:issue_created");
        assertThat(body.getString("issue_event_type_name")).isEqualTo("issue_created");
        assertThat(body.containsKey("changelog")).isFalse();
        assertThat(body.getJsonObject("user").getMap())
                .containsOnlyKeys("self", "accountId", "accountType", "displayName", "active", "timeZone");
        assertThat(body.getJsonObject("issue")
                        .getJsonObject("fields")
                        .getJsonObject("status")
                        .getJsonObject("statusCategory")
                        .getMap())
                .containsEntry("id", 2)
                .containsEntry("key", "new")
                .containsEntry("name", "To Do");
    }

    @Test
    void shouldTellOfATransition() throws Exception {
        String key = create("Medium").getString("key");
        bridge.await(1);

        change(key, "{\"statusCategory\":\"done\"}");

        JsonObject body = bridge.awaitLast(2);
        assertThat(body.getString("issue_event_type_name")).isEqualTo("issue_generic");
        assertThat(items(body))
                .containsExactly(
                        new JsonObject(
                                """
                                {"field":"status","fieldtype":"jira","fieldId":"status","from":"10000",
                                 "fromString":"Zu erledigen","to":"10002","toString":"Erledigt"}"""));
        assertThat(body.getJsonObject("issue")
                        .getJsonObject("fields")
                        .getJsonObject("status")
                        .getJsonObject("statusCategory")
                        .getMap())
                .containsEntry("id", 3)
                .containsEntry("key", "done")
                .containsEntry("name", "Done");
    }

    @Test
    void shouldTellOfAPriorityByIdAndName() throws Exception {
        String key = create("Low").getString("key");
        bridge.await(1);

        change(key, "{\"priority\":\"Highest\"}");

        JsonObject body = bridge.awaitLast(2);
        assertThat(body.getString("issue_event_type_name")).isEqualTo("issue_updated");
        assertThat(items(body))
                .containsExactly(
                        new JsonObject(
                                """
                                {"field":"priority","fieldtype":"jira","fieldId":"priority","from":"4",
                                 "fromString":"Low","to":"1","toString":"Highest"}"""));
    }

    private static JsonArray items(JsonObject body) {
        return body.getJsonObject("changelog").getJsonArray("items");
    }

    private JsonObject create(String priority) throws Exception {
        return new JsonObject(vendors.control("POST", CONTROL, "{\"priority\":\"" + priority + "\"}")
                .body());
    }

    private void change(String key, String change) throws Exception {
        vendors.control("PUT", CONTROL + "/" + key, change);
    }

    private JsonObject issue(String rest) throws Exception {
        String basic = Base64.getEncoder().encodeToString("sandbox:sandbox".getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> answer = vendors.send(vendors.request("/sandbox/jira/rest/api/3/issue" + rest)
                .header("Authorization", "Basic " + basic)
                .GET());
        return new JsonObject(answer.body());
    }
}
