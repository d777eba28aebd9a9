package io.incidentbridge.sandbox.genesys;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.sandbox.MutableClock;
import io.incidentbridge.sandbox.VendorClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The three levers of an emergency: the endpoint of the requirement, emergency groups and data tables. */
class EmergencyTest {

    private static final String ROUTING = "telephony/emergencyrouting";
    private static final String GROUP = "architect/emergencygroups/emergency-group-itsm";
    private static final String ROWS = "flows/datatables/datatable-system-health/rows";
    private static final String ACTIVATION =
            """
            {"reason":"INC0010001 mail is down","state":"ACTIVE",
             "routingConfiguration":{"queueIds":["queue-12345","queue-67890"],"priority":1}}""";
    private static final String RESOLUTION = "{\"reason\":\"INC0010001 resolved\",\"state\":\"INACTIVE\"}";

    private final MutableClock clock = new MutableClock();
    private VendorClient vendors;
    private String token;

    @BeforeEach
    void start() throws Exception {
        vendors = VendorClient.start(clock);
        token = vendors.token("sandbox-emergency");
    }

    @AfterEach
    void stop() {
        vendors.close();
    }

    @Test
    void shouldBeActiveAtOnceWhenNothingPropagates() throws Exception {
        HttpResponse<String> answer = call("POST", ROUTING, ACTIVATION);

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonObject state = get(ROUTING);
        assertThat(state.getString("state")).isEqualTo("ACTIVE");
        assertThat(state.getString("reason")).isEqualTo("INC0010001 mail is down");
        assertThat(state.getJsonObject("routingConfiguration").getJsonArray("queueIds"))
                .containsExactly("queue-12345", "queue-67890");
        assertThat(state.getString("lastUpdated")).isNotEmpty();
    }

    @Test
    void shouldBePendingUntilTheChangeHasPropagated() throws Exception {
        vendors.faults("{\"propagationMs\":5000}");

        HttpResponse<String> answer = call("POST", ROUTING, ACTIVATION);

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(get(ROUTING).getString("state")).isEqualTo("PENDING");
        clock.advance(Duration.ofSeconds(5));
        assertThat(get(ROUTING).getString("state")).isEqualTo("ACTIVE");
    }

    @Test
    void shouldRefuseAnotherChangeWhileOnePropagates() throws Exception {
        vendors.faults("{\"propagationMs\":5000}");
        call("POST", ROUTING, ACTIVATION);

        HttpResponse<String> answer = call("POST", ROUTING, RESOLUTION);

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(new JsonObject(answer.body()).getString("code")).isEqualTo("conflict");
        clock.advance(Duration.ofSeconds(5));
        assertThat(call("POST", ROUTING, RESOLUTION).statusCode()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"state\":\"ACTIVE\",\"reason\":\"r\"}",
                "{\"state\":\"PENDING\",\"reason\":\"r\"}",
                "{\"state\":\"INACTIVE\"}",
                "{\"state\":\"ACTIVE\",\"reason\":\"r\",\"routingConfiguration\":{\"queueIds\":[]}}",
                "{\"state\":\"ACTIVE\",\"reason\":\"r\",\"routingConfiguration\":{\"queueIds\":[1]}}",
                "{\"state\":\"INACTIVE\",\"reason\":\"r\",\"routingConfiguration\":{\"priority\":-1}}"
            })
    void shouldRefuseWhatIsNoChange(String body) throws Exception {
        assertThat(call("POST", ROUTING, body).statusCode()).isEqualTo(400);
    }

    @Test
    void shouldTellWhoChangedWhatAndWhetherOthersCameMeanwhile() throws Exception {
        vendors.faults("{\"latencyMs\":1500}");

        var first = send(ACTIVATION);
        var second = send(RESOLUTION);
        CompletableFuture.allOf(first, second).get();

        JsonObject history = vendors.json(VendorClient.GENESYS + "/control/changes?target=" + ROUTING);
        assertThat(history.getJsonArray("changes")).hasSize(2);
        assertThat(history.getJsonArray("changes").getJsonObject(0).getString("client"))
                .isEqualTo("sandbox-emergency");
        assertThat(history.getJsonObject("mostUnderWay").getInteger(ROUTING)).isEqualTo(2);
    }

    @Test
    void shouldCountOneAtATimeWhenTheyComeOneAfterTheOther() throws Exception {
        call("POST", ROUTING, ACTIVATION);
        call("POST", ROUTING, RESOLUTION);

        JsonObject history = vendors.json(VendorClient.GENESYS + "/control/changes");
        assertThat(history.getJsonObject("mostUnderWay").getInteger(ROUTING)).isEqualTo(1);
        assertThat(history.getJsonArray("changes")
                        .getJsonObject(1)
                        .getJsonObject("before")
                        .getString("state"))
                .isEqualTo("ACTIVE");
    }

    @Test
    void shouldObeyAnAdministratorWhateverIsUnderWay() throws Exception {
        vendors.faults("{\"propagationMs\":90000}");
        call("POST", ROUTING, ACTIVATION);

        vendors.control("PUT", VendorClient.GENESYS + "/control/emergencyrouting", "{\"state\":\"INACTIVE\"}");

        assertThat(get(ROUTING).getString("state")).isEqualTo("INACTIVE");
        assertThat(vendors.json(VendorClient.GENESYS + "/control/changes")
                        .getJsonArray("changes")
                        .getJsonObject(1)
                        .getString("client"))
                .isEqualTo("administrator");
    }

    @Test
    void shouldOverwriteTheWholeGroup() throws Exception {
        JsonObject group = get(GROUP);
        assertThat(group.getJsonArray("emergencyCallFlows")).hasSize(1);

        JsonObject careless =
                new JsonObject().put("name", group.getString("name")).put("enabled", true);
        HttpResponse<String> answer = call("PUT", GROUP, careless.encode());

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonObject after = get(GROUP);
        assertThat(after.getBoolean("enabled")).isTrue();
        assertThat(after.getJsonArray("emergencyCallFlows")).isEqualTo(new JsonArray());
        assertThat(after.containsKey("description")).isFalse();
        assertThat(after.getInteger("version")).isEqualTo(2);
        assertThat(after.getString("id")).isEqualTo("emergency-group-itsm");
        assertThat(after.getString("modifiedBy")).isEqualTo("sandbox-emergency");
    }

    @Test
    void shouldRefuseAStaleGroup() throws Exception {
        String stale = get(GROUP).encode();
        vendors.control(
                "PUT", VendorClient.GENESYS + "/control/emergencygroups/emergency-group-itsm", "{\"enabled\":true}");

        assertThat(call("PUT", GROUP, stale).statusCode()).isEqualTo(409);
        assertThat(get(GROUP).getBoolean("enabled")).isTrue();
    }

    @Test
    void shouldNotKnowGroupsThatAreNotThere() throws Exception {
        assertThat(call("GET", "architect/emergencygroups/none", null).statusCode())
                .isEqualTo(404);
        assertThat(get("architect/emergencygroups").getJsonArray("entities")).hasSize(2);
    }

    @Test
    void shouldInsertAndReplaceRowsButNotUpsert() throws Exception {
        String row = "{\"KEY\":\"email\",\"mode\":\"CATASTROPHE\",\"active\":true}";

        HttpResponse<String> missing = call("PUT", ROWS + "/email", row);
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(new JsonObject(missing.body()).getString("code")).isEqualTo("flows.datatables.row.not.found");
        assertThat(call("POST", ROWS, row).statusCode()).isEqualTo(200);
        HttpResponse<String> twice = call("POST", ROWS, row);
        assertThat(twice.statusCode()).isEqualTo(409);
        assertThat(new JsonObject(twice.body()).getString("code")).isEqualTo("flows.datatables.not.unique");
        assertThat(call("PUT", ROWS + "/email", "{\"KEY\":\"email\",\"mode\":\"NORMAL\"}")
                        .statusCode())
                .isEqualTo(200);

        assertThat(get(ROWS + "/email").fieldNames()).containsExactly("key");
        assertThat(get(ROWS + "/email?showbrief=false"))
                .isEqualTo(new JsonObject().put("key", "email").put("mode", "NORMAL"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"KEY\":\"vpn\",\"mode\":\"NORMAL\"}",
                "{\"key\":\"vpn\",\"mode\":\"NORMAL\"}",
                "{\"KEY\":\"email\",\"key\":\"vpn\"}"
            })
    void shouldNotChangeTheKeyOfARow(String row) throws Exception {
        call("POST", ROWS, "{\"KEY\":\"email\",\"mode\":\"CATASTROPHE\"}");

        HttpResponse<String> answer = call("PUT", ROWS + "/email", row);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(new JsonObject(answer.body()).getString("code")).isEqualTo("flows.datatables.syntax.error");
        assertThat(get(ROWS + "/email?showbrief=false").getString("mode")).isEqualTo("CATASTROPHE");
    }

    @Test
    void shouldListPageByPage() throws Exception {
        for (int i = 10; i < 40; i++) {
            call("POST", ROWS, "{\"KEY\":\"row-" + i + "\"}");
        }

        JsonObject first = get(ROWS);
        assertThat(first.getJsonArray("entities")).hasSize(25);
        assertThat(first.getMap())
                .containsEntry("pageSize", 25)
                .containsEntry("pageNumber", 1)
                .containsEntry("total", 30)
                .containsEntry("pageCount", 2);
        assertThat(get(ROWS + "?pageNumber=2").getJsonArray("entities"))
                .hasSize(5)
                .contains(new JsonObject().put("key", "row-39"));
        assertThat(get(ROWS + "?pageSize=7&pageNumber=5").getJsonArray("entities"))
                .hasSize(2);
        assertThat(get(ROWS + "?pageNumber=3").getJsonArray("entities")).isEmpty();
        JsonObject second = get("architect/emergencygroups?pageSize=1&pageNumber=2");
        assertThat(second.getJsonArray("entities")).hasSize(1);
        assertThat(second.getInteger("pageCount")).isEqualTo(2);
        assertThat(call("GET", ROWS + "?pageSize=0", null).statusCode()).isEqualTo(400);
    }

    @Test
    void shouldDeleteRows() throws Exception {
        call("POST", ROWS, "{\"KEY\":\"vpn\"}");

        assertThat(call("DELETE", ROWS + "/vpn", null).statusCode()).isEqualTo(204);
        assertThat(call("DELETE", ROWS + "/vpn", null).statusCode()).isEqualTo(404);
        assertThat(get(ROWS).getJsonArray("entities")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"mode\":\"NORMAL\"}", "{\"KEY\":\"vpn\",\"queues\":[]}", "{\"KEY\":\"vpn\",\"mode\":null}"})
    void shouldRefuseRowsThatDoNotFitTheSchema(String row) throws Exception {
        HttpResponse<String> answer = call("POST", ROWS, row);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(new JsonObject(answer.body()).getString("code")).isEqualTo("flows.datatables.schema.exception");
    }

    @Test
    void shouldNotKnowTablesThatAreNotThere() throws Exception {
        HttpResponse<String> answer = call("GET", "flows/datatables/none/rows/x", null);

        assertThat(new JsonObject(answer.body()).getString("code")).isEqualTo("flows.datatables.table.not.found");
    }

    @Test
    void shouldExecuteActionsThatAreThere() throws Exception {
        HttpResponse<String> answer =
                call("POST", "integrations/actions/action-cache-bust/execute", "{\"cacheBust\":\"7\"}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(vendors.json(VendorClient.GENESYS + "/control/changes")
                        .getJsonArray("changes")
                        .getJsonObject(0)
                        .getJsonObject("after"))
                .isEqualTo(new JsonObject().put("cacheBust", "7"));
        assertThat(call("POST", "integrations/actions/none/execute", "{}").statusCode())
                .isEqualTo(404);
    }

    @Test
    void shouldForgetEverythingAtAReset() throws Exception {
        call("POST", ROUTING, ACTIVATION);
        call("POST", ROWS, "{\"KEY\":\"vpn\"}");

        vendors.control("POST", "/sandbox/reset", null);

        assertThat(get(ROUTING).getString("state")).isEqualTo("INACTIVE");
        assertThat(get(ROWS).getJsonArray("entities")).isEmpty();
        assertThat(vendors.json(VendorClient.GENESYS + "/control/changes").getJsonArray("changes"))
                .isEmpty();
    }

    private CompletableFuture<Integer> send(String body) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return call("POST", ROUTING, body).statusCode();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private HttpResponse<String> call(String method, String path, String body) throws Exception {
        return vendors.call(token, method, path, body);
    }

    private JsonObject get(String path) throws Exception {
        return new JsonObject(call("GET", path, null).body());
    }
}
