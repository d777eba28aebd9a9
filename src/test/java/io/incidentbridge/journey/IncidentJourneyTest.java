package io.incidentbridge.journey;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.incidentbridge.testing.SandboxResource;
import io.incidentbridge.testing.Vendors;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From an incident in PagerDuty or Jira to emergency routing in Genesys and back. */
@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class IncidentJourneyTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String INCIDENTS = "/sandbox/pagerduty/control/incidents";
    private static final String ISSUES = "/sandbox/jira/control/issues";

    @TestHTTPResource
    URI bridge;

    Vendors vendors;

    @BeforeEach
    void healthyVendors() {
        vendors.reset();
        vendors.sendWebhooksTo("http://" + bridge.getHost() + ":" + bridge.getPort());
        awaitState("INACTIVE");
    }

    @AfterEach
    void noMoreWebhooks() {
        vendors.sendWebhooksTo("http://localhost:1");
    }

    @Test
    void shouldSwitchWithAnIncidentOfPagerDuty() {
        String id = triggered("P1");
        awaitState("ACTIVE");
        assertThat(state().getString("reasonId")).contains(id);

        change(INCIDENTS, id, "{\"status\":\"resolved\"}");

        awaitState("INACTIVE");
    }

    @Test
    void shouldSwitchWithAnIssueOfJira() {
        String key = new JsonObject(vendors.send("POST", ISSUES, "{\"priority\":\"Highest\"}")).getString("key");
        awaitState("ACTIVE");

        change(ISSUES, key, "{\"statusCategory\":\"done\"}");

        awaitState("INACTIVE");
    }

    @Test
    void shouldSwitchWithAPriorityThatRisesAndFalls() {
        String id = triggered("P3");
        change(INCIDENTS, id, "{\"priority\":\"P1\"}");
        awaitState("ACTIVE");

        change(INCIDENTS, id, "{\"priority\":\"P4\"}");

        awaitState("INACTIVE");
    }

    @Test
    void shouldEndAsTheSourceSaysWhenEventsAreDoubledAndOutOfOrder() {
        vendors.send("PUT", "/sandbox/pagerduty/control/webhooks", "{\"duplicates\":2,\"shuffleMs\":300}");
        String id = triggered("P1");
        change(INCIDENTS, id, "{\"status\":\"acknowledged\"}");
        change(INCIDENTS, id, "{\"status\":\"resolved\"}");
        change(INCIDENTS, id, "{\"status\":\"triggered\"}");
        awaitState("ACTIVE");

        change(INCIDENTS, id, "{\"status\":\"resolved\"}");

        awaitState("INACTIVE");
        await().during(Duration.ofSeconds(1)).atMost(LONG).until(() -> state().getString("state")
                .equals("INACTIVE"));
    }

    private String triggered(String priority) {
        String body = new JsonObject()
                .put("priority", priority)
                .put("title", "Mail is down")
                .encode();
        return new JsonObject(vendors.send("POST", INCIDENTS, body)).getString("id");
    }

    private void change(String path, String id, String change) {
        vendors.send("PUT", path + "/" + id, change);
    }

    private static void awaitState(String expected) {
        await().atMost(LONG).ignoreExceptions().untilAsserted(() -> assertThat(state().getString("state"))
                .isEqualTo(expected));
    }

    private static JsonObject state() {
        return new JsonObject(given().header("X-API-Key", "sandbox-data-action")
                .get("/v1/emergency-routing")
                .then()
                .statusCode(200)
                .extract()
                .asString());
    }
}
