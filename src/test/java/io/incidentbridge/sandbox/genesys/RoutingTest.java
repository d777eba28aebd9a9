package io.incidentbridge.sandbox.genesys;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.sandbox.MutableClock;
import io.incidentbridge.sandbox.VendorClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingTest {

    private static final String QUERY =
            """
            {"filter":{"type":"and","clauses":[{"type":"or","predicates":[
               {"type":"dimension","dimension":"queueId","operator":"matches","value":"queue-service-desk"},
               {"type":"dimension","dimension":"queueId","operator":"matches","value":"queue-gone"}]}],
              "predicates":[{"type":"dimension","dimension":"mediaType","operator":"matches","value":"voice"}]},
             "metrics":["oWaiting","oInteracting","oOnQueueUsers"],"detailMetrics":["oWaiting"]}""";

    private VendorClient vendors;
    private String token;

    @BeforeEach
    void start() throws Exception {
        vendors = VendorClient.start(new MutableClock());
        token = vendors.token("sandbox");
        vendors.startConversation("c1");
    }

    @AfterEach
    void stop() {
        vendors.close();
    }

    @Test
    void shouldRaiseAWaitingConversation() throws Exception {
        HttpResponse<String> answer = prioritise("c1", "{\"priority\":60}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(answer.body()).getInteger("priority")).isEqualTo(60);
        JsonObject acd = new JsonObject(
                        vendors.call(token, "GET", "conversations/c1", null).body())
                .getJsonArray("participants")
                .getJsonObject(1);
        assertThat(acd.getJsonObject("conversationRoutingData").getInteger("priority"))
                .isEqualTo(60);
    }

    @ParameterizedTest
    @ValueSource(strings = {"connected", "wrapup", "ended"})
    void shouldNotFindWhatDoesNotWait(String state) throws Exception {
        vendors.move("c1", state);

        assertThat(prioritise("c1", "{\"priority\":60}").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldNotFindUnknownConversations() throws Exception {
        assertThat(prioritise("c2", "{\"priority\":60}").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"25000001", "-25000001", "99999999999", "1.5", "'\"60\"'"})
    void shouldRefusePrioritiesOutOfBounds(String priority) throws Exception {
        HttpResponse<String> answer = prioritise("c1", "{\"priority\":" + priority + "}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(new JsonObject(answer.body()).getString("code")).isEqualTo("invalid.value");
    }

    @Test
    void shouldTellOfAQueue() throws Exception {
        HttpResponse<String> answer = vendors.call(token, "GET", "routing/queues/queue-12345", null);

        assertThat(new JsonObject(answer.body()).getString("name")).isEqualTo("Emergency Primary");
        assertThat(vendors.call(token, "GET", "routing/queues/none", null).statusCode())
                .isEqualTo(404);
    }

    @Test
    void shouldCountWaitingCallsAndFreeAgents() throws Exception {
        prioritise("c1", "{\"priority\":60}");
        vendors.startConversation("c2");
        vendors.move("c2", "connected");
        vendors.control(
                "PUT", VendorClient.GENESYS + "/control/queues/queue-service-desk", "{\"agents\":8,\"busy\":3}");

        HttpResponse<String> answer = vendors.call(token, "POST", "analytics/queues/observations/query", QUERY);

        JsonArray results = new JsonObject(answer.body()).getJsonArray("results");
        assertThat(results).hasSize(2);
        JsonObject calls = results.getJsonObject(0);
        assertThat(calls.getJsonObject("group"))
                .isEqualTo(new JsonObject().put("queueId", "queue-service-desk").put("mediaType", "voice"));
        JsonObject waiting = calls.getJsonArray("data").getJsonObject(0);
        assertThat(waiting.getJsonObject("stats").getInteger("count")).isEqualTo(1);
        JsonObject observation = waiting.getJsonArray("observations").getJsonObject(0);
        assertThat(observation.getString("conversationId")).isEqualTo("c1");
        assertThat(observation.getInteger("routingPriority")).isEqualTo(60);
        assertThat(count(calls, 1)).isEqualTo(4);
        JsonObject agents = results.getJsonObject(1);
        assertThat(agents.getJsonArray("data").getJsonObject(0).getString("qualifier"))
                .isEqualTo("IDLE");
        assertThat(count(agents, 0)).isEqualTo(4);
        assertThat(count(agents, 1)).isEqualTo(4);
    }

    @Test
    void shouldAnswerOnlyTheMetricsAskedFor() throws Exception {
        String query = QUERY.replaceAll("\"metrics\":\\[[^]]*]", "\"metrics\":[\"oInteracting\"]")
                .replace("\"detailMetrics\":[\"oWaiting\"]", "\"detailMetrics\":[]");

        HttpResponse<String> answer = vendors.call(token, "POST", "analytics/queues/observations/query", query);

        JsonArray results = new JsonObject(answer.body()).getJsonArray("results");
        assertThat(results).hasSize(1);
        assertThat(results.getJsonObject(0).getJsonArray("data")).hasSize(1);
    }

    @Test
    void shouldNotCountCallsForAnotherMediaType() throws Exception {
        HttpResponse<String> answer = vendors.call(
                token, "POST", "analytics/queues/observations/query", QUERY.replace("\"voice\"", "\"chat\""));

        JsonArray results = new JsonObject(answer.body()).getJsonArray("results");
        assertThat(results).hasSize(1);
        assertThat(results.getJsonObject(0).getJsonObject("group").fieldNames()).containsExactly("queueId");
    }

    @Test
    void shouldAnswerOfEveryQueueThatAnyPredicateNames() throws Exception {
        String query =
                """
                {"filter":{"type":"or","predicates":[{"dimension":"queueId","value":"queue-12345"},
                   {"dimension":"queueId","value":"queue-67890"}]},"metrics":["oWaiting"]}""";

        HttpResponse<String> answer = vendors.call(token, "POST", "analytics/queues/observations/query", query);

        assertThat(new JsonObject(answer.body()).getJsonArray("results"))
                .extracting(
                        result -> ((JsonObject) result).getJsonObject("group").getString("queueId"))
                .containsExactlyInAnyOrder("queue-12345", "queue-67890");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"filter\":{\"type\":\"or\",\"predicates\":[]},\"metrics\":[\"oNothing\"]}",
                "{\"filter\":{\"type\":\"or\",\"predicates\":[]}}",
                "{\"filter\":{\"type\":\"or\",\"predicates\":[]},\"metrics\":\"oWaiting\"}",
                "{\"filter\":{\"predicates\":[]},\"metrics\":[\"oWaiting\"]}",
                "{\"filter\":{\"type\":\"xor\",\"predicates\":[]},\"metrics\":[\"oWaiting\"]}",
                "{\"filter\":{\"type\":\"or\",\"predicates\":{}},\"metrics\":[\"oWaiting\"]}",
                "{\"filter\":{\"type\":\"or\",\"predicates\":[1]},\"metrics\":[\"oWaiting\"]}",
                "{\"filter\":{\"type\":\"or\",\"clauses\":[{\"type\":\"or\"}]},\"metrics\":[\"oWaiting\"]}",
                "{\"filter\":{\"type\":\"or\",\"predicates\":[{\"dimension\":\"userId\",\"value\":\"x\"}]},\"metrics\":[\"oWaiting\"]}"
            })
    void shouldRefuseQueriesThatAskNothingKnown(String query) throws Exception {
        assertThat(vendors.call(token, "POST", "analytics/queues/observations/query", query)
                        .statusCode())
                .isEqualTo(400);
    }

    private HttpResponse<String> prioritise(String id, String body) throws Exception {
        return vendors.call(token, "PATCH", "routing/conversations/" + id, body);
    }

    private static int count(JsonObject result, int metric) {
        return result.getJsonArray("data")
                .getJsonObject(metric)
                .getJsonObject("stats")
                .getInteger("count");
    }
}
