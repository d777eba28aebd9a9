package io.incidentbridge.sandbox.servicenow;

import static io.incidentbridge.sandbox.servicenow.SimulatedInstance.ABEL;
import static io.incidentbridge.sandbox.servicenow.SimulatedInstance.error;
import static io.incidentbridge.sandbox.servicenow.SimulatedInstance.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TableApiReadTest {

    private final SimulatedInstance instance = new SimulatedInstance();
    private final JsonObject incident = instance.create(new JsonObject().put("caller_id", ABEL));
    private final String path = "/api/now/table/incident/" + incident.getString("sys_id");

    @AfterEach
    void close() {
        instance.close();
    }

    @Test
    void shouldWriteEveryScalarAsAString() {
        JsonObject read = result(instance.get(path + "?sysparm_exclude_reference_link=true"));

        assertThat(read.getMap().values()).allMatch(String.class::isInstance);
        assertThat(read.getString("active")).isEqualTo("true");
        assertThat(read.getString("sys_mod_count")).isEqualTo("0");
        assertThat(read.getString("opened_at")).isEqualTo("2026-03-02 18:30:00");
    }

    @Test
    void shouldGiveReferencesAsLinkAndValueAndEmptyOnesAsEmptyText() {
        JsonObject read = result(instance.get(path));

        assertThat(read.getJsonObject("caller_id"))
                .isEqualTo(new JsonObject()
                        .put("link", instance.address() + "/api/now/table/sys_user/" + ABEL)
                        .put("value", ABEL));
        assertThat(read.getValue("assigned_to")).isEqualTo("");
    }

    @Test
    void shouldShowLabelsNamesAndLocalTimesAsDisplayValues() {
        JsonObject read = result(instance.get(path + "?sysparm_display_value=true"));

        assertThat(read.getJsonObject("caller_id"))
                .isEqualTo(new JsonObject()
                        .put("display_value", "Abel Tuter")
                        .put("link", instance.address() + "/api/now/table/sys_user/" + ABEL));
        assertThat(read.getString("state")).isEqualTo("New");
        assertThat(read.getString("priority")).isEqualTo("5 - Planning");
        assertThat(read.getString("opened_at")).isEqualTo("2026-03-02 10:30:00");
        assertThat(read.getString("assigned_to")).isEmpty();
    }

    @Test
    void shouldGiveBothValuesOnRequest() {
        JsonObject read = result(instance.get(path + "?sysparm_display_value=all&sysparm_exclude_reference_link=true"
                + "&sysparm_fields=caller_id,correlation_id,opened_at"));

        assertThat(read)
                .isEqualTo(new JsonObject()
                        .put(
                                "caller_id",
                                new JsonObject()
                                        .put("display_value", "Abel Tuter")
                                        .put("value", ABEL))
                        .put(
                                "correlation_id",
                                new JsonObject().put("display_value", "").put("value", ""))
                        .put(
                                "opened_at",
                                new JsonObject()
                                        .put("display_value", "2026-03-02 10:30:00")
                                        .put("value", "2026-03-02 18:30:00")));
    }

    @Test
    void shouldWalkReferencesAndDropUnknownFields() {
        JsonObject read = result(instance.get(path + "?sysparm_fields=number,caller_id.name,bogus,caller_id.bogus"));

        assertThat(read)
                .isEqualTo(new JsonObject()
                        .put("number", incident.getString("number"))
                        .put("caller_id.name", "Abel Tuter"));
    }

    @Test
    void shouldPageWithCountAndLinks() {
        HttpResponse<String> page =
                instance.get("/api/now/table/incident?sysparm_query=caller_id.user_name%3Dabel.tuter%5EORDERBYnumber"
                        + "&sysparm_limit=2&sysparm_fields=number&sysparm_offset=2");

        int total =
                page.headers().firstValue("X-Total-Count").map(Integer::valueOf).orElseThrow();
        assertThat(new JsonObject(page.body()).getJsonArray("result")).hasSize(2);
        assertThat(total).isGreaterThanOrEqualTo(5);
        assertThat(page.headers().firstValue("Link").orElseThrow())
                .startsWith("<" + instance.address() + "/api/now/table/incident?sysparm_query=caller_id.user_name%3D")
                .contains("sysparm_offset=0>;rel=\"first\"", "sysparm_offset=0>;rel=\"prev\"")
                .contains("sysparm_offset=4>;rel=\"next\"", "rel=\"last\"");
    }

    @Test
    void shouldLeaveOutCountAndLinksOnRequest() {
        HttpResponse<String> page =
                instance.get("/api/now/table/incident?sysparm_no_count=true&sysparm_suppress_pagination_header=true");

        assertThat(page.headers().map()).doesNotContainKeys("x-total-count", "link");
    }

    @Test
    void shouldCallAnEmptyListAnErrorInVersionOneOnly() {
        String query = "/table/incident?sysparm_query=number%3Dnone";

        assertThat(instance.get("/api/now/v1" + query).statusCode()).isEqualTo(404);
        assertThat(instance.get("/api/now/v2" + query).body()).isEqualTo("{\"result\":[]}");
        assertThat(instance.get("/api/now" + query).body()).isEqualTo("{\"result\":[]}");
    }

    @Test
    void shouldFilterByPlainParametersThatMayBeDisplayValues() {
        JsonArray found = new JsonObject(instance.get("/api/now/table/incident?state=new&caller_id=abel.tuter"
                                + "&sysparm_fields=state,caller_id&sysparm_exclude_reference_link=true&bogus=1")
                        .body())
                .getJsonArray("result");

        assertThat(found)
                .isNotEmpty()
                .containsOnly(new JsonObject().put("state", "1").put("caller_id", ABEL));
    }

    @Test
    void shouldTakeCharactersThatShouldHaveBeenEncoded() {
        assertThat(instance.sendRaw("/api/now/table/incident?sysparm_query=number=a|b^active=true&x;y"))
                .startsWith("HTTP/1.0 200 OK")
                .endsWith("{\"result\":[]}");
    }

    @Test
    void shouldFindIncidentsAmongTasks() {
        assertThat(instance.list("task", "number=" + incident.getString("number")))
                .hasSize(1);
    }

    @Test
    void shouldAnswerHeadWithTheHeadersOfGet() {
        HttpResponse<String> head = instance.send(
                instance.request("/api/now/table/sys_user").method("HEAD", HttpRequest.BodyPublishers.noBody()));

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("X-Total-Count")).isPresent();
        assertThat(head.body()).isEmpty();
    }

    @Test
    void shouldNotTellAnAbsentRecordFromAHiddenOne() {
        HttpResponse<String> absent = instance.get("/api/now/table/incident/" + "0".repeat(32));

        assertThat(absent.statusCode()).isEqualTo(404);
        assertThat(absent.body())
                .isEqualTo("{\"error\":{\"message\":\"No Record found\",\"detail\":"
                        + "\"Record doesn't exist or ACL restricts the record retrieval\"},\"status\":\"failure\"}");
    }

    @Test
    void shouldRefuseAnUnknownTable() {
        HttpResponse<String> refused = instance.get("/api/now/table/nothing");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(error(refused))
                .isEqualTo(new JsonObject()
                        .put("message", "Invalid table nothing")
                        .put("detail", "Table nothing does not exist"));
    }

    @Test
    void shouldRefuseAnUnknownResource() {
        HttpResponse<String> refused = instance.get("/api/now/nothing/incident");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(error(refused).getString("message")).isEqualTo("Requested URI does not represent any resource");
    }
}
