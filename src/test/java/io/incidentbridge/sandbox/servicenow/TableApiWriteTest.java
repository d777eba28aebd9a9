package io.incidentbridge.sandbox.servicenow;

import static io.incidentbridge.sandbox.servicenow.SimulatedInstance.ABEL;
import static io.incidentbridge.sandbox.servicenow.SimulatedInstance.error;
import static io.incidentbridge.sandbox.servicenow.SimulatedInstance.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableApiWriteTest {

    private static final String INCIDENTS = "/api/now/table/incident";

    private final SimulatedInstance instance = new SimulatedInstance();

    @AfterEach
    void close() {
        instance.close();
    }

    @Test
    void shouldCreateWithTheDefaultsOfTheBaseSystem() {
        HttpResponse<String> created = instance.write(
                "POST",
                INCIDENTS,
                new JsonObject().put("short_description", "x").put("urgency", 2).put("impact", "2"));

        JsonObject incident = result(created);
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.headers().firstValue("Location"))
                .contains(instance.address() + INCIDENTS + "/" + incident.getString("sys_id"));
        assertThat(incident.getString("number")).matches("INC\\d{7}");
        assertThat(incident.getMap())
                .containsEntry("state", "1")
                .containsEntry("incident_state", "1")
                .containsEntry("priority", "3")
                .containsEntry("category", "inquiry")
                .containsEntry("contact_type", "phone")
                .containsEntry("active", "true")
                .containsEntry("sys_mod_count", "0")
                .containsEntry("sys_created_by", "sandbox")
                .containsEntry("sys_created_on", incident.getString("opened_at"));
    }

    @ParameterizedTest
    @CsvSource({"1,1,1", "1,2,2", "1,3,3", "2,1,2", "2,2,3", "2,3,4", "3,1,3", "3,2,4", "3,3,5"})
    void shouldLookThePriorityUpAndIgnoreAnyOther(String impact, String urgency, String priority) {
        JsonObject incident = instance.create(
                new JsonObject().put("impact", impact).put("urgency", urgency).put("priority", "9"));

        assertThat(incident.getString("priority")).isEqualTo(priority);
    }

    @Test
    void shouldAcceptASysIdOfTheClientsChoiceOnce() {
        String chosen = "AAAABBBBCCCCDDDDEEEEFFFF00001111";
        JsonObject body = new JsonObject().put("sys_id", chosen);

        JsonObject created = instance.create(body);
        HttpResponse<String> repeated = instance.write("POST", INCIDENTS, body);

        assertThat(created.getString("sys_id")).isEqualTo(chosen);
        assertThat(repeated.statusCode()).isEqualTo(403);
        assertThat(error(repeated).getString("message")).isEqualTo("Operation Failed");
        assertThat(error(repeated).getString("detail"))
                .startsWith("Unique Key violation detected by database (Duplicate entry '" + chosen);
    }

    @Test
    void shouldDropOrRefuseAChosenSysIdWhereItIsToldTo() {
        JsonObject body = new JsonObject().put("sys_id", "AAAABBBBCCCCDDDDEEEEFFFF00001111");

        rule(new JsonObject().put("chosenSysIds", "ignore"));
        HttpResponse<String> ignored = instance.write("POST", INCIDENTS, body);
        rule(new JsonObject().put("chosenSysIds", "refuse"));
        HttpResponse<String> refused = instance.write("POST", INCIDENTS, body);

        assertThat(result(ignored).getString("sys_id")).isNotEqualTo(body.getString("sys_id"));
        assertThat(refused.statusCode()).isEqualTo(403);
    }

    @Test
    void shouldRefuseANewIncidentThatLacksAMandatoryField() {
        JsonObject before = instance.create(new JsonObject());
        rule(new JsonObject().put("mandatory", "caller_id"));

        HttpResponse<String> refused = instance.write("POST", INCIDENTS, new JsonObject());
        HttpResponse<String> accepted = instance.write("POST", INCIDENTS, new JsonObject().put("caller_id", ABEL));

        assertThat(error(refused).getString("detail"))
                .isEqualTo("Data Policy Exception: The following fields are mandatory: caller_id");
        assertThat(accepted.statusCode()).isEqualTo(201);
        assertThat(instance.update(before, new JsonObject().put("urgency", "1")).getString("urgency"))
                .isEqualTo("1");
    }

    @Test
    void shouldHideJournalEntriesFromWhoMayNotReadThem() {
        instance.create(new JsonObject().put("work_notes", "x"));

        rule(new JsonObject().put("journalReadable", false));
        JsonArray hidden = instance.list("sys_journal_field", "element=work_notes");
        instance.simulator.reset();
        instance.create(new JsonObject().put("work_notes", "x"));

        assertThat(hidden).isEmpty();
        assertThat(instance.list("sys_journal_field", "element=work_notes^value=x"))
                .hasSize(1);
    }

    @Test
    void shouldHideASingleJournalEntryAndItsCountToo() {
        instance.create(new JsonObject().put("work_notes", "x"));
        String entry = instance.list("sys_journal_field", "element=work_notes^value=x")
                .getJsonObject(0)
                .getString("sys_id");
        String count = "/api/now/stats/sys_journal_field?sysparm_count=true";
        assertThat(instance.get("/api/now/table/sys_journal_field/" + entry).statusCode())
                .isEqualTo(200);

        rule(new JsonObject().put("journalReadable", false));

        assertThat(instance.get("/api/now/table/sys_journal_field/" + entry).statusCode())
                .isEqualTo(404);
        assertThat(result(instance.get(count)).getJsonObject("stats").getString("count"))
                .isEqualTo("0");
    }

    private void rule(JsonObject rules) {
        instance.send(instance.bare("/sandbox-rules").PUT(HttpRequest.BodyPublishers.ofString(rules.encode())));
    }

    @Test
    void shouldCutLongTextsAndIgnoreUnknownAndReadOnlyColumns() {
        JsonObject incident = instance.create(new JsonObject()
                .put("short_description", "d".repeat(500))
                .put("correlation_id", "c".repeat(500))
                .put("u_no_such_column", "x")
                .put("u_genesys_conversation_id", "abc")
                .put("sys_created_by", "somebody"));

        assertThat(incident.getString("short_description")).hasSize(160);
        assertThat(incident.getString("correlation_id")).hasSize(100);
        assertThat(incident.getString("u_genesys_conversation_id")).isEqualTo("abc");
        assertThat(incident.containsKey("u_no_such_column")).isFalse();
        assertThat(incident.getString("sys_created_by")).isEqualTo("sandbox");
    }

    @Test
    void shouldCountChangesAndLeaveAnUnchangedRecordAlone() {
        JsonObject incident = instance.create(new JsonObject().put("short_description", "x"));
        instance.clock.advance(Duration.ofMinutes(1));

        JsonObject unchanged = instance.update(incident, new JsonObject().put("short_description", "x"));
        JsonObject changed = instance.update(incident, new JsonObject().put("short_description", "y"));

        assertThat(unchanged.getString("sys_mod_count")).isEqualTo("0");
        assertThat(unchanged.getString("sys_updated_on")).isEqualTo("2026-03-02 18:30:00");
        assertThat(changed.getString("sys_mod_count")).isEqualTo("1");
        assertThat(changed.getString("sys_updated_on")).isEqualTo("2026-03-02 18:31:00");
    }

    @Test
    void shouldAppendJournalEntriesThatReadBackEmpty() {
        JsonObject incident = instance.create(new JsonObject().put("work_notes", "first"));
        JsonObject updated = instance.update(incident, new JsonObject().put("work_notes", "second — zweite"));

        JsonArray entries = instance.list(
                "sys_journal_field", "element_id=" + incident.getString("sys_id") + "^element=work_notes");
        JsonObject shown =
                result(instance.get(INCIDENTS + "/" + incident.getString("sys_id") + "?sysparm_display_value=true"));
        assertThat(updated.getString("work_notes")).isEmpty();
        assertThat(values(entries)).containsExactly("first", "second — zweite");
        assertThat(shown.getString("work_notes"))
                .isEqualTo("2026-03-02 10:30:00 - Integration sandbox (Work notes)\nsecond — zweite\n\n"
                        + "2026-03-02 10:30:00 - Integration sandbox (Work notes)\nfirst\n\n");
    }

    private static List<String> values(JsonArray entries) {
        List<String> values = new ArrayList<>();
        entries.forEach(entry -> values.add(((JsonObject) entry).getString("value")));
        return values;
    }

    @Test
    void shouldRefuseToResolveWithoutCodeAndNotes() {
        JsonObject incident = instance.create(new JsonObject());

        HttpResponse<String> refused = instance.write(
                "PATCH", INCIDENTS + "/" + incident.getString("sys_id"), new JsonObject().put("state", "6"));

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(error(refused).getString("detail"))
                .isEqualTo("Data Policy Exception: The following fields are mandatory:"
                        + " Resolution code, Resolution notes");
    }

    @Test
    void shouldKeepAResolvedIncidentActiveUntilItIsClosed() {
        JsonObject incident = instance.create(new JsonObject());

        JsonObject resolved = instance.update(
                incident,
                new JsonObject()
                        .put("state", "6")
                        .put("close_code", "Duplicate")
                        .put("close_notes", "done"));
        JsonObject closed = instance.update(incident, new JsonObject().put("incident_state", "7"));

        assertThat(resolved.getString("active")).isEqualTo("true");
        assertThat(resolved.getString("resolved_at")).isEqualTo("2026-03-02 18:30:00");
        assertThat(closed.getString("state")).isEqualTo("7");
        assertThat(closed.getString("active")).isEqualTo("false");
    }

    @Test
    void shouldRefuseByBusinessRule() {
        HttpResponse<String> refused = instance.write("POST", INCIDENTS, new JsonObject().put("category", "refused"));

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(error(refused).getString("detail"))
                .startsWith("Operation against file 'incident' was aborted by Business Rule 'Refuse category^");
    }

    @Test
    void shouldReadDisplayValuesOnRequest() {
        HttpResponse<String> created = instance.write(
                "POST",
                INCIDENTS + "?sysparm_input_display_value=true&sysparm_exclude_reference_link=true",
                new JsonObject()
                        .put("caller_id", "Abel Tuter")
                        .put("state", "In Progress")
                        .put("due_date", "2026-03-02 10:00:00"));

        assertThat(result(created).getMap())
                .containsEntry("caller_id", ABEL)
                .containsEntry("state", "2")
                .containsEntry("due_date", "2026-03-02 18:00:00");
    }

    @Test
    void shouldDelete() {
        String path = INCIDENTS + "/" + instance.create(new JsonObject()).getString("sys_id");

        HttpResponse<String> deleted = instance.send(instance.request(path).DELETE());

        assertThat(deleted.statusCode()).isEqualTo(204);
        assertThat(deleted.body()).isEmpty();
        assertThat(instance.get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void shouldHonourMethodOverrideAndSuppressedBody() {
        JsonObject incident = instance.create(new JsonObject());
        String path = INCIDENTS + "/" + incident.getString("sys_id");

        HttpResponse<String> answer = instance.send(instance.request(path)
                .header("Content-Type", "application/json")
                .header("X-HTTP-Method-Override", "PATCH")
                .header("X-no-response-body", "true")
                .POST(HttpRequest.BodyPublishers.ofString("{\"short_description\":\"y\"}")));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(result(instance.get(path)).getString("short_description")).isEqualTo("y");
    }

    @Test
    void shouldRefuseABodyThatIsNoJson() {
        HttpResponse<String> refused = instance.send(instance.request(INCIDENTS)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{oops")));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(error(refused).getString("message")).isEqualTo("Exception while reading request");
    }

    @Test
    void shouldTellListenersWhatChanged() {
        List<RecordChange> changes = new ArrayList<>();
        instance.simulator.onChange(changes::add);

        JsonObject incident = instance.create(new JsonObject());
        instance.update(incident, new JsonObject().put("impact", "1").put("urgency", "1"));

        assertThat(changes).hasSize(2);
        assertThat(changes.get(0).before()).isEmpty();
        assertThat(changes.get(1).before()).containsEntry("priority", "5");
        assertThat(changes.get(1).after()).containsEntry("priority", "1");
    }
}
