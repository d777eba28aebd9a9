package io.incidentbridge.outage;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.incidentbridge.itsm.IncidentEvent;
import io.incidentbridge.itsm.IncidentEvent.Kind;
import io.incidentbridge.testing.SandboxResource;
import io.incidentbridge.testing.Vendors;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What sources say of incidents; the profile test has a rule for the source announcing-tests. */
@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class OutageEventsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ANNOUNCED = "announced";

    private final String topic = "mail-" + UUID.randomUUID().toString().substring(0, 8);

    Vendors vendors;

    @Inject
    OutageEvents events;

    @BeforeEach
    void healthyVendors() {
        vendors.reset();
    }

    @AfterEach
    void endIt() {
        operate(topic, "reset");
        operate(ANNOUNCED, "reset");
    }

    @Test
    void shouldOpenTheTopicThatAnIncidentAnnounces() {
        tell("announcing-tests", "INC1", Kind.OPENED, Instant.now().plusSeconds(1));

        assertThat(mode(ANNOUNCED)).isEqualTo("CATASTROPHE");
    }

    @Test
    void shouldNotOpenATopicAgainByAnEventFromBeforeItsEnd() {
        Instant before = Instant.now();
        tell("announcing-tests", "INC1", Kind.OPENED, before.plusMillis(1));
        operate(ANNOUNCED, "reset");

        tell("announcing-tests", "INC1", Kind.OPENED, before);

        assertThat(mode(ANNOUNCED)).isEqualTo("NORMAL");
    }

    @Test
    void shouldLeaveOtherIncidentsAlone() {
        tell("servicenow", "0123456789abcdef0123456789abcdef", Kind.RESOLVED, Instant.now());
        tell("pagerduty", "P1", Kind.OPENED, Instant.now().plusSeconds(1));

        assertThat(mode(ANNOUNCED)).isEqualTo("NORMAL");
    }

    @Test
    void shouldRecoverWhenAWebhookTellsThatTheMasterIsResolved() {
        operate(topic, "trip");
        JsonObject master = master();

        tell("servicenow", master.getString("sys_id"), Kind.RESOLVED, Instant.now());

        assertThat(mode(topic)).isEqualTo("RECOVERING");
    }

    @Test
    void shouldRecoverWhenTheMasterIsFoundResolved() {
        operate(topic, "trip");
        JsonObject master = master();

        vendors.send(
                "PATCH",
                "/sandbox/servicenow/api/now/table/incident/" + master.getString("sys_id"),
                new JsonObject()
                        .put("state", "6")
                        .put("close_code", "Solution provided")
                        .put("close_notes", "Mail is back.")
                        .encode());

        await().atMost(PATIENCE).until(() -> mode(topic).equals("RECOVERING"));
    }

    private void tell(String source, String key, Kind kind, Instant at) {
        events.on(new IncidentEvent(
                        source,
                        key,
                        kind,
                        at,
                        "",
                        "",
                        "",
                        List.of(),
                        UUID.randomUUID().toString()))
                .await()
                .atMost(PATIENCE);
    }

    private JsonObject master() {
        await().atMost(PATIENCE).until(() -> !number().isEmpty());
        return vendors.records("incident", "number=" + number()).getJsonObject(0);
    }

    private String number() {
        return current(topic, "masterNumber");
    }

    private static String mode(String topic) {
        return current(topic, "mode");
    }

    private static String current(String topic, String field) {
        return given().header("X-API-Key", "sandbox-data-action")
                .queryParam("topic", topic)
                .get("/v1/outages/current")
                .path(field);
    }

    private static void operate(String topic, String action) {
        given().header("X-API-Key", "sandbox-operator")
                .contentType("application/json")
                .body(new JsonObject().put("reason", "test").encode())
                .post("/v1/ops/outages/" + topic + "/" + action)
                .then()
                .statusCode(200);
    }
}
