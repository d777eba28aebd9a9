package io.incidentbridge.wrapup;

import static io.incidentbridge.wrapup.WrapUps.attributes;
import static io.incidentbridge.wrapup.WrapUps.call;
import static io.incidentbridge.wrapup.WrapUps.get;
import static io.incidentbridge.wrapup.WrapUps.incident;
import static io.incidentbridge.wrapup.WrapUps.incidents;
import static io.incidentbridge.wrapup.WrapUps.post;
import static io.incidentbridge.wrapup.WrapUps.settled;
import static io.incidentbridge.wrapup.WrapUps.taken;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.incidentbridge.testing.SandboxResource;
import io.incidentbridge.testing.Vendors;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class WrapUpResourceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    Vendors vendors;

    @BeforeEach
    void healthyVendors() {
        vendors.reset();
    }

    @Test
    void shouldAnswerWithTheNumberAndLinkTheConversation() {
        JsonObject call = call(vendors)
                .put("recordingUrl", "https://recordings.example/1")
                .put("transcriptSummary", "Mail does not open.\nRestart did not help.")
                .put("startTime", "2026-11-22T10:15:00+01:00");

        JsonObject answer = taken(call);

        assertThat(answer.getString("status")).isEqualTo("CREATED");
        JsonObject incident = incident(vendors, call);
        assertThat(answer.getString("incidentNumber")).isEqualTo(incident.getString("number"));
        assertThat(answer.getString("incidentUrl")).contains(incident.getString("sys_id"));
        assertThat(incident.getString("short_description")).isEqualTo("Call from Abel Tuter - Topic: email");
        assertThat(incident.getString("caller_id")).isEqualTo(WrapUps.callerOf(vendors));
        assertThat(incident.getString("contact_type")).isEqualTo("phone");
        assertThat(incident.getString("description"))
                .contains(call.getString("conversationId"))
                .contains("https://recordings.example/1")
                .contains("Mail does not open.\nRestart did not help.")
                .contains("2026-11-22T09:15:00Z");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(attributes(vendors, call).getMap())
                        .containsEntry("ServiceNow.IncidentNumber", incident.getString("number"))
                        .containsEntry("ServiceNow.IncidentSysId", incident.getString("sys_id"))
                        .containsEntry("ServiceNow.IncidentUrl", answer.getString("incidentUrl")));
    }

    /** A trigger of Genesys knows a code by its id; the label is in the test's configuration. */
    @Test
    void shouldCallACodeByItsLabel() {
        JsonObject call = call(vendors).put("wrapUpCode", "3d8bb8a4-5e0c-4f7b-9a41-0c2f7d1e6b95");

        settled(call);

        assertThat(incident(vendors, call).getString("short_description"))
                .isEqualTo("Call from Abel Tuter - Topic: Outlook trouble");
    }

    /** A trigger's wrap-up has the conversation's id and the number, which may be a colleague's. */
    @Test
    void shouldGiveTheTicketTheCallerWhoWasFoundByEmployeeIdInThisConversation() {
        JsonObject call = call(vendors, "").put("ani", "+14155550123");
        String found = lookUp("E100002", call).getString("sysId");

        settled(call);

        assertThat(found).isNotEmpty().isNotEqualTo(WrapUps.callerOf(vendors));
        assertThat(incident(vendors, call).getString("caller_id")).isEqualTo(found);
    }

    @Test
    void shouldNotGiveTheTicketACallerWhoWasTakenBack() {
        JsonObject call = call(vendors, "").put("ani", "+14155550123");
        assertThat(lookUp("E100002", call).getString("status")).isEqualTo("FOUND");
        assertThat(lookUp("E999999", call).getString("status")).isEqualTo("NOT_FOUND");

        settled(call);

        assertThat(incident(vendors, call).getString("caller_id")).isEqualTo(WrapUps.callerOf(vendors));
    }

    @Test
    void shouldNotGiveTheTicketACallerWhomAnotherIdDidNotConfirm() {
        JsonObject call = call(vendors, "").put("ani", "+14155550123");
        assertThat(lookUp("E100002", call).getString("status")).isEqualTo("FOUND");
        vendors.fail("servicenow", "{\"failureRate\":1}");
        assertThat(lookUp("E100003", call).getString("status")).isEqualTo("UNAVAILABLE");
        vendors.heal();

        settled(call);

        assertThat(incident(vendors, call).getString("caller_id")).isEqualTo(WrapUps.callerOf(vendors));
    }

    private static JsonObject lookUp(String employeeId, JsonObject call) {
        return new JsonObject(given().header("X-API-Key", "sandbox-data-action")
                .contentType("application/json")
                .body(new JsonObject()
                        .put("employeeId", employeeId)
                        .put("conversationId", call.getString("conversationId"))
                        .encode())
                .post("/v1/callers/lookup")
                .asString());
    }

    @Test
    void shouldAnswerARepeatWithHowItStands() {
        JsonObject call = call(vendors);
        JsonObject first = taken(call);

        JsonObject again = taken(call);

        assertThat(again).isEqualTo(first);
        assertThat(incidents(vendors, call)).hasSize(1);
        assertThat(vendors.arrived("servicenow", "POST incident")).isEqualTo(1);
        get(call.getString("conversationId"))
                .statusCode(200)
                .body("status", equalTo("CREATED"))
                .body("incidentNumber", equalTo(first.getString("incidentNumber")));
    }

    @Test
    void shouldLeaveOneIncidentForRepeatsAtOnce() {
        JsonObject call = call(vendors);

        List<JsonObject> answers =
                IntStream.range(0, 8).mapToObj(i -> CompletableFuture.supplyAsync(() -> taken(call))).toList().stream()
                        .map(CompletableFuture::join)
                        .toList();

        String number = incident(vendors, call).getString("number");
        assertThat(answers)
                .allMatch(answer -> answer.getString("incidentNumber").equals(number));
    }

    @Test
    void shouldAmendTheSameIncidentAndKeepWhatWasSaidBefore() {
        JsonObject call = call(vendors).put("transcriptSummary", "Mail does not open.");
        JsonObject first = settled(call);

        JsonObject amended = settled(new JsonObject()
                .put("conversationId", call.getString("conversationId"))
                .put("wrapUpCode", "email")
                .put("recordingUrl", "https://recordings.example/late")
                .put("transcriptSummary", "")
                .put("waitMs", 15_000));
        settled(call);

        assertThat(amended.getString("status")).isEqualTo("UPDATED");
        assertThat(amended.getString("incidentNumber")).isEqualTo(first.getString("incidentNumber"));
        JsonObject incident = incident(vendors, call);
        assertThat(incident.getString("description"))
                .contains("https://recordings.example/late")
                .contains("Mail does not open.");
        assertThat(incident.getString("sys_mod_count")).isEqualTo("1");
    }

    @Test
    void shouldNoteTheCallOnAnExistingIncidentOnce() {
        JsonObject existing = vendors.create(
                "incident", new JsonObject().put("short_description", "Printer").put("state", "2"));
        JsonObject call = call(vendors).put("incidentNumber", existing.getString("number"));

        JsonObject answer = taken(call);
        taken(call);

        assertThat(answer.getString("status")).isEqualTo("UPDATED");
        assertThat(answer.getString("incidentNumber")).isEqualTo(existing.getString("number"));
        assertThat(incidents(vendors, call)).isEmpty();
        assertThat(vendors.records(
                        "sys_journal_field", "element_id=" + existing.getString("sys_id") + "^element=work_notes"))
                .hasSize(1);
    }

    @Test
    void shouldCreateAnIncidentWhenTheNamedOneIsNotThere() {
        JsonObject call = call(vendors).put("incidentNumber", "INC9999999");

        assertThat(taken(call).getString("status")).isEqualTo("CREATED");
        assertThat(incidents(vendors, call)).hasSize(1);
    }

    @Test
    void shouldDeferWhileServiceNowIsSlowAndHaveTheNumberLater() {
        vendors.fail("servicenow", "{\"latencyMs\":3000}");
        JsonObject call = call(vendors).put("waitMs", 50);

        JsonObject answer = taken(call);
        assertThat(answer.getString("status")).isEqualTo("DEFERRED");
        assertThat(answer.getString("incidentNumber")).isEmpty();
        assertThat(answer.getString("reference")).isNotEmpty();

        await().atMost(PATIENCE).untilAsserted(() -> get(call.getString("conversationId"))
                .body("status", equalTo("CREATED"))
                .body("incidentNumber", equalTo(incident(vendors, call).getString("number"))));
        await().atMost(PATIENCE).until(() -> attributes(vendors, call).containsKey("ServiceNow.IncidentNumber"));
    }

    @Test
    void shouldFindTheCallerByNumber() {
        JsonObject call = call(vendors).put("sysId", "").put("ani", "+14155550123");

        taken(call);

        assertThat(incident(vendors, call).getString("caller_id")).isEqualTo(WrapUps.callerOf(vendors));
    }

    @ParameterizedTest
    @CsvSource({
        "conversationId, , not-null",
        "conversationId, has space, pattern",
        "wrapUpCode, '', not-blank",
        "recordingUrl, javascript:alert(1), pattern",
        "direction, sideways, pattern",
        "startTime, 2026-11-22T10:15:00, time",
        "startTime, yesterday, time",
        "incidentNumber, INC1^ORactive=true, pattern"
    })
    void shouldNameTheFieldAndTheRule(String field, String value, String rule) {
        post(call(vendors).put(field, value == null ? null : value.replace("''", "")))
                .statusCode(400)
                .body("errors.field", hasItem(field))
                .body("errors.rule", hasItem(rule));
    }

    @Test
    void shouldRefuseUnknownFields() {
        post(call(vendors).put("priority", 1)).statusCode(400).body("code", equalTo("unknown-field"));
    }

    @Test
    void shouldKnowNothingOfAnUnknownConversation() {
        get("never-seen").statusCode(404);
    }

    /** Daylight saving ends and begins, years end, and the two ways to write no offset at all. */
    @ParameterizedTest
    @CsvSource({
        "2026-11-22T10:15:00Z,             2026-11-22T10:15:00Z",
        "2026-11-22T10:15:00+00:00,        2026-11-22T10:15:00Z",
        "2026-11-22T10:15:00+01:00,        2026-11-22T09:15:00Z",
        "2026-11-22T10:15:00.123456-08:00, 2026-11-22T18:15:00.123Z",
        "2026-10-25T02:30:00+02:00,        2026-10-25T00:30:00Z",
        "2026-10-25T02:30:00+01:00,        2026-10-25T01:30:00Z",
        "2026-03-29T03:30:00+02:00,        2026-03-29T01:30:00Z",
        "2026-12-31T23:30:00-05:00,        2027-01-01T04:30:00Z",
        "2027-01-01T00:30:00+14:00,        2026-12-31T10:30:00Z",
        "2028-02-29T23:59:59+05:45,        2028-02-29T18:14:59Z"
    })
    void shouldWriteTimesInUtc(String given, String written) {
        JsonObject call = call(vendors).put("endTime", given);

        taken(call);

        assertThat(incident(vendors, call).getString("description").lines()).contains("Ended: " + written);
    }

    @Test
    void shouldWriteHostileTextAsPlainText() {
        String hostile = "^NQactive=true ${7*7} <script>alert(1)</script> [code]<b>x</b>[/code] 😀 javascript:gs.x()";
        JsonObject call = call(vendors)
                .put("customerName", "Eve\n^ORstate=7" + hostile)
                .put("transcriptSummary", "first\r\nsecond " + hostile)
                .put("wrapUpCode", "{description}");

        taken(call);

        JsonObject incident = incident(vendors, call);
        assertThat(incident.getString("short_description"))
                .startsWith("Call from Eve ^ORstate=7^NQactive=true ${7*7} <script>")
                .doesNotContain("\n");
        assertThat(incident.getString("description"))
                .contains("first\nsecond ^NQactive=true ${7*7} <script>alert(1)</script> (code)<b>x</b>(/code) 😀");
        assertThat(incident.getString("state")).isEqualTo("1");
    }

    @Test
    void shouldRefuseATextThatIsTooLong() {
        post(call(vendors).put("transcriptSummary", "x".repeat(1_000_000)))
                .statusCode(400)
                .body("errors.field", hasItem("transcriptSummary"));
    }
}
