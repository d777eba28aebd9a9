package io.incidentbridge.wrapup;

import static io.incidentbridge.wrapup.WrapUps.attributes;
import static io.incidentbridge.wrapup.WrapUps.call;
import static io.incidentbridge.wrapup.WrapUps.get;
import static io.incidentbridge.wrapup.WrapUps.incidents;
import static io.incidentbridge.wrapup.WrapUps.taken;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.incidentbridge.outbox.Outbox;
import io.incidentbridge.redis.RedisProcess;
import io.incidentbridge.testing.SandboxResource;
import io.incidentbridge.testing.Vendors;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Wrap-ups of a topic in catastrophe mode. */
@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class NotedWrapUpTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String topic = "mail-" + UUID.randomUUID().toString().substring(0, 8);

    Vendors vendors;
    RedisProcess redis;

    @Inject
    WrapUpStore store;

    @Inject
    Outbox outbox;

    @BeforeEach
    void openTheTopic() {
        vendors.reset();
        operate("trip");
    }

    @AfterEach
    void endIt() {
        vendors.heal();
        operate("reset");
    }

    @Test
    void shouldNoteTheCallWithTheMastersNumberLinkAndAnnouncement() {
        String master = masterNumber();
        JsonObject call = call(vendors).put("wrapUpCode", topic);

        JsonObject answer = taken(call);

        assertThat(answer.getString("status")).isEqualTo("NOTED");
        assertThat(answer.getString("masterNumber")).isEqualTo(master);
        assertThat(answer.getString("incidentUrl")).contains("incident.do");
        assertThat(answer.getString("announcement")).contains("current " + topic + " outage");
        assertThat(answer.getJsonArray("announcements").getList())
                .containsExactly(
                        Map.of("language", "en", "text", answer.getString("announcement")),
                        Map.of("language", "de", "text", "Bekannt: " + topic + ". " + master));
        assertThat(incidents(vendors, call)).isEmpty();
        ledger().body("calls.conversationId", hasItem(call.getString("conversationId")));
    }

    @Test
    void shouldLinkTheConversationToTheMaster() {
        String master = masterNumber();
        JsonObject call = call(vendors).put("wrapUpCode", topic);

        taken(call);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(attributes(vendors, call).getMap())
                        .containsEntry("ServiceNow.MasterIncident", master)
                        .containsEntry("ServiceNow.IncidentNumber", master));
    }

    @Test
    void shouldFillTheMastersNumberInOnceItExists() {
        operate("reset");
        vendors.fail("servicenow", "{\"failureRate\":1.0,\"failureStatus\":503}");
        operate("trip");
        JsonObject call = call(vendors).put("wrapUpCode", topic);

        JsonObject answer = taken(call);
        vendors.heal();

        assertThat(answer.getString("status")).isEqualTo("NOTED");
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> get(call.getString("conversationId"))
                .statusCode(200)
                .body("status", equalTo("NOTED"))
                .body("masterNumber", equalTo(masterNumber())));
    }

    @Test
    void shouldAnswerARepeatAlikeAfterTheOutage() {
        masterNumber();
        JsonObject call = call(vendors).put("wrapUpCode", topic);
        JsonObject first = taken(call);
        operate("reset");

        JsonObject again = taken(call);

        assertThat(again.getString("status")).isEqualTo("NOTED");
        assertThat(again.getString("masterNumber")).isEqualTo(first.getString("masterNumber"));
    }

    @Test
    void shouldStillCreateTicketsOfOtherTopics() {
        JsonObject call = call(vendors).put("wrapUpCode", "another-" + topic);

        assertThat(taken(call).getString("status")).isEqualTo("CREATED");
    }

    @Test
    void shouldStillNoteTheCallOnTheIncidentThatTheAgentNames() {
        String number = vendors.create("incident", new JsonObject().put("short_description", "Known"))
                .getString("number");
        JsonObject call = call(vendors).put("wrapUpCode", topic).put("incidentNumber", number);

        JsonObject answer = taken(call);

        assertThat(answer.getString("status")).isEqualTo("UPDATED");
        assertThat(answer.getString("incidentNumber")).isEqualTo(number);
    }

    @Test
    void shouldGiveNotedCallsIncidentsOfTheirOwnAfterwards() {
        String master = masterNumber();
        JsonObject call = call(vendors).put("wrapUpCode", topic);
        taken(call);

        operate("reset");

        await().atMost(PATIENCE).until(() -> incidents(vendors, call).size() == 1);
        JsonObject child = incidents(vendors, call).getJsonObject(0);
        String masterSysId =
                vendors.records("incident", "number=" + master).getJsonObject(0).getString("sys_id");
        assertThat(child.getString("parent_incident")).isEqualTo(masterSysId);
        assertThat(child.getString("short_description")).contains(topic);
    }

    /** As Genesys' trigger and the agent's script tell of the same call, each what it knows. */
    @Test
    void shouldGiveThoseIncidentsWhatWasSaidLaterToo() {
        masterNumber();
        JsonObject call = call(vendors).put("wrapUpCode", topic);
        String caller = (String) call.remove("sysId");
        taken(call);
        taken(call.copy().put("sysId", caller).put("transcriptSummary", "Said during the outage"));

        operate("reset");

        await().atMost(PATIENCE).until(() -> incidents(vendors, call).size() == 1);
        JsonObject child = incidents(vendors, call).getJsonObject(0);
        assertThat(child.getString("caller_id")).isEqualTo(caller);
        assertThat(child.getString("description")).contains("Said during the outage");

        taken(call.copy().put("transcriptSummary", "Said when it was over"));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        incidents(vendors, call).getJsonObject(0).getString("description"))
                .contains("Said when it was over"));
        assertThat(incidents(vendors, call)).hasSize(1);
    }

    @Test
    void shouldFindThatIncidentWhenTheCallIsToldAgainAfterRedisWasLost() {
        masterNumber();
        JsonObject call = call(vendors).put("wrapUpCode", topic);
        taken(call);
        operate("reset");
        await().atMost(PATIENCE).until(() -> incidents(vendors, call).size() == 1);
        String child = incidents(vendors, call).getJsonObject(0).getString("number");
        await().atMost(PATIENCE).until(() -> current().isEmpty());

        forget(call.getString("conversationId"));
        JsonObject again = taken(call);

        assertThat(again.getString("status")).isEqualTo("CREATED");
        assertThat(again.getString("incidentNumber")).isEqualTo(child);
        assertThat(incidents(vendors, call)).hasSize(1);
    }

    @Test
    void shouldTellTheirIncidentsOnceThatTheMasterIsResolved() {
        String master = masterNumber();
        JsonObject call = call(vendors).put("wrapUpCode", topic);
        taken(call);
        operate("reset");
        await().atMost(PATIENCE).until(() -> incidents(vendors, call).size() == 1);
        String child = incidents(vendors, call).getJsonObject(0).getString("sys_id");
        String masterSysId =
                vendors.records("incident", "number=" + master).getJsonObject(0).getString("sys_id");
        assertThat(notes(child)).noneMatch(note -> note.contains("is resolved"));

        vendors.send(
                "PATCH",
                "/sandbox/servicenow/api/now/table/incident/" + masterSysId,
                "{\"state\":\"6\",\"close_code\":\"Solution provided\",\"close_notes\":\"x\"}");

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(notes(child))
                .filteredOn(note -> note.startsWith("The master incident " + master + " is resolved."))
                .hasSize(1));
    }

    @Test
    void shouldMirrorTheModeInTheDataTable() {
        String master = masterNumber();

        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> assertThat(row().getMap())
                .containsEntry("mode", "CATASTROPHE")
                .containsEntry("masterNumber", master));
        operate("reset");

        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> assertThat(row().getMap())
                .containsEntry("mode", "NORMAL")
                .containsEntry("masterNumber", ""));
    }

    /** As if Redis had been lost, once nothing is under way there. */
    private void forget(String conversation) {
        String work = outbox.keyOf(outbox.idOf(outbox.shardOf(conversation), WrapUpWork.KIND, conversation) + ".1");
        await().atMost(PATIENCE).until(() -> redis.call("HGET", work, "state").contains("DONE"));
        redis.call("DEL", work, store.record(conversation));
    }

    private List<String> notes(String sysId) {
        return vendors.records("sys_journal_field", "element_id=" + sysId).stream()
                .map(entry -> ((JsonObject) entry).getString("value"))
                .toList();
    }

    private JsonObject row() {
        return vendors.genesys("flows/datatables/datatable-system-health/rows/" + topic + "?showbrief=false");
    }

    private String masterNumber() {
        await().atMost(PATIENCE).until(() -> !current().isEmpty());
        return current();
    }

    private String current() {
        return given().header("X-API-Key", "sandbox-data-action")
                .queryParam("topic", topic)
                .get("/v1/outages/current")
                .path("masterNumber");
    }

    private ValidatableResponse ledger() {
        String outage = given().header("X-API-Key", "sandbox-operator")
                .get("/v1/ops/outages/history?topic=" + topic)
                .path("transitions[0].outageId");
        await().atMost(PATIENCE).until(() -> page(outage).extract().<Integer>path("callsNoted") > 0);
        return page(outage);
    }

    private static ValidatableResponse page(String outage) {
        return given().header("X-API-Key", "sandbox-operator")
                .get("/v1/ops/outages/ledger/" + outage)
                .then()
                .statusCode(200);
    }

    private void operate(String action) {
        given().header("X-API-Key", "sandbox-operator")
                .contentType("application/json")
                .body(new JsonObject().put("reason", "test").encode())
                .post("/v1/ops/outages/" + topic + "/" + action)
                .then()
                .statusCode(200);
    }
}
