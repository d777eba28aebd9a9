package io.incidentbridge.outage;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.incidentbridge.testing.SandboxResource;
import io.incidentbridge.testing.Vendors;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class NotedCallsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String topic = "mail-" + UUID.randomUUID().toString().substring(0, 8);

    Vendors vendors;

    @Inject
    Ledger ledger;

    @Inject
    CallList list;

    @BeforeEach
    void healthyVendors() {
        vendors.reset();
    }

    @AfterEach
    void endIt() {
        vendors.heal();
        operate("reset", new JsonObject().put("reason", "test over"));
    }

    @Test
    void shouldCreateOneMasterAndTellFlowsItsNumber() {
        trip();

        String number = masterNumber();

        JsonArray masters = vendors.records("incident", "short_descriptionLIKE" + topic);
        assertThat(masters).hasSize(1);
        assertThat(masters.getJsonObject(0).getString("number")).isEqualTo(number);
        assertThat(current().extract().<String>path("announcement")).endsWith("master incident " + number + ".");
    }

    @Test
    void shouldAdoptTheMajorIncidentThatFitsTheTopic() {
        vendors.create(
                "incident",
                new JsonObject().put("short_description", "Printers").put("major_incident_state", "accepted"));
        String major = vendors.create(
                        "incident",
                        new JsonObject()
                                .put("short_description", "All of " + topic.toUpperCase() + " is down")
                                .put("major_incident_state", "accepted"))
                .getString("number");

        trip();

        assertThat(masterNumber()).isEqualTo(major);
        assertThat(vendors.records("incident", "short_descriptionSTARTSWITHOutage"))
                .isEmpty();
    }

    @Test
    void shouldTakeTheOperatorsChoice() {
        String chosen = vendors.create("incident", new JsonObject().put("short_description", "Chosen"))
                .getString("number");
        trip();

        given().header("X-API-Key", "sandbox-operator")
                .contentType("application/json")
                .body(new JsonObject()
                        .put("number", chosen)
                        .put("reason", "this one")
                        .encode())
                .put("/v1/ops/outages/" + topic + "/master")
                .then()
                .statusCode(200);
        note(outageId(), 1);

        assertThat(masterNumber()).isEqualTo(chosen);
        await().atMost(PATIENCE).until(() -> !notes(chosen).isEmpty());
    }

    @Test
    void shouldTellOfAllCallsInFewNotesThatNameTheConversations() {
        trip();
        String outage = outageId();

        List<String> conversations = note(outage, 150);

        await().atMost(PATIENCE).untilAsserted(() -> ledgerPage(outage)
                .body("callsNoted", equalTo(150))
                .body("callsWritten", equalTo(150))
                .body("calls", hasSize(100)));
        List<String> notes = notes(masterNumber());
        assertThat(notes).hasSizeBetween(1, 20);
        assertThat(String.join("\n", notes)).contains(conversations.get(0)).contains("150 in all");
    }

    @Test
    void shouldNoteACallOnceHoweverOftenItIsTold() {
        trip();
        String outage = outageId();
        String conversation = UUID.randomUUID().toString();

        IntStream.range(0, 5).forEach(i -> note(outage, conversation));

        ledgerPage(outage).body("callsNoted", equalTo(1));
    }

    @Test
    void shouldWriteEachNoteOnceAlthoughRepliesAreLost() {
        trip();
        String outage = outageId();
        String master = masterNumber();
        vendors.fail("servicenow", "{\"lostReplyRate\":0.5}");

        note(outage, 40);
        await().pollDelay(Duration.ofSeconds(3)).atMost(PATIENCE).until(() -> true);
        vendors.heal();

        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> ledgerPage(outage).body("callsWritten", equalTo(40)));
        assertThat(notes(master)).doesNotHaveDuplicates();
        assertThat(notes(master).stream().filter(note -> note.contains("40 in all")))
                .hasSize(1);
    }

    @Test
    void shouldTellTheEndOfTheOutage() {
        trip();
        String outage = outageId();
        String master = masterNumber();
        note(outage, 3);

        operate("reset", new JsonObject().put("reason", "all well"));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(notes(master))
                .anyMatch(note -> note.startsWith("The outage ended at") && note.contains("3 calls were noted")));
        assertThat(lists(master)).isEqualTo(1);
    }

    @Test
    void shouldAttachTheListOnceAlthoughTheReplyIsLost() {
        trip();
        String outage = outageId();
        String master = masterNumber();
        note(outage, 3);
        await().atMost(PATIENCE).untilAsserted(() -> ledgerPage(outage).body("callsWritten", equalTo(3)));
        vendors.fail("servicenow", "{\"lostReplyRate\":1.0}");
        operate("reset", new JsonObject().put("reason", "all well"));
        await().atMost(PATIENCE).until(() -> vendors.arrived("servicenow", "GET sys_attachment") > 1);
        vendors.heal();

        await().atMost(PATIENCE)
                .until(() -> notes(master).stream().anyMatch(note -> note.startsWith("The outage ended")));
        assertThat(lists(master)).isEqualTo(1);
    }

    /** As if the answer to an attempt were lost, and ServiceNow had not got that far yet. */
    @Test
    void shouldNotSendTheListAgainWhileItMayStillArrive() {
        trip();
        String outage = outageId();
        String master = masterNumber();
        note(outage, 3);
        OutageRecord record = ledger.read(outage).await().atMost(PATIENCE);
        assertThat(ledger.trySending(list.name(record)).await().atMost(PATIENCE))
                .isTrue();
        assertThat(ledger.trySending(list.name(record)).await().atMost(PATIENCE))
                .isFalse();

        operate("reset", new JsonObject().put("reason", "all well"));

        await().atMost(PATIENCE)
                .until(() -> notes(master).stream().anyMatch(note -> note.startsWith("The outage ended")));
        assertThat(lists(master)).isEqualTo(1);
        ledger.notSent(list.name(record)).await().atMost(PATIENCE);
        assertThat(ledger.trySending(list.name(record)).await().atMost(PATIENCE))
                .isTrue();
    }

    @Test
    void shouldStillTellOfACallThatWasNotedLate() {
        trip();
        String outage = outageId();
        String master = masterNumber();
        operate("reset", new JsonObject().put("reason", "all well"));

        note(outage, 1);

        await().atMost(PATIENCE).until(() -> notes(master).stream().anyMatch(note -> note.startsWith("1 call noted")));
    }

    private void trip() {
        operate("trip", new JsonObject().put("reason", "phones ring"));
    }

    private List<String> note(String outage, int calls) {
        return IntStream.range(0, calls)
                .mapToObj(i -> note(outage, UUID.randomUUID().toString()))
                .toList();
    }

    private String note(String outage, String conversation) {
        ledger.note(outage, topic, new NotedCall(conversation, Instant.now(), 1, Map.of()))
                .await()
                .atMost(PATIENCE);
        return conversation;
    }

    /** Texts of the master's work notes. */
    private List<String> notes(String number) {
        String sysId =
                vendors.records("incident", "number=" + number).getJsonObject(0).getString("sys_id");
        return vendors.records("sys_journal_field", "element_id=" + sysId).stream()
                .map(entry -> ((JsonObject) entry).getString("value"))
                .toList();
    }

    private int lists(String number) {
        String sysId =
                vendors.records("incident", "number=" + number).getJsonObject(0).getString("sys_id");
        return vendors.records("sys_attachment", "table_sys_id=" + sysId).size();
    }

    private String masterNumber() {
        await().atMost(PATIENCE)
                .until(() -> !current().extract().<String>path("masterNumber").isEmpty());
        return current().extract().path("masterNumber");
    }

    private String outageId() {
        return given().header("X-API-Key", "sandbox-operator")
                .get("/v1/ops/outages/history?topic=" + topic)
                .path("transitions[0].outageId");
    }

    private static ValidatableResponse ledgerPage(String outage) {
        return given().header("X-API-Key", "sandbox-operator")
                .get("/v1/ops/outages/ledger/" + outage)
                .then()
                .statusCode(200);
    }

    private ValidatableResponse current() {
        return given().header("X-API-Key", "sandbox-data-action")
                .queryParam("topic", topic)
                .get("/v1/outages/current")
                .then()
                .statusCode(200);
    }

    private void operate(String action, JsonObject body) {
        given().header("X-API-Key", "sandbox-operator")
                .contentType("application/json")
                .body(body.encode())
                .post("/v1/ops/outages/" + topic + "/" + action)
                .then()
                .statusCode(200);
    }
}
