package io.incidentbridge.sandbox.genesys;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.sandbox.MutableClock;
import io.incidentbridge.sandbox.VendorClient;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConversationsTest {

    private static final String INCIDENT = "{\"attributes\":{\"incident\":\"INC0010001\"}}";

    private final MutableClock clock = new MutableClock();
    private VendorClient vendors;
    private String token;
    private String customer;

    @BeforeEach
    void start() throws Exception {
        vendors = VendorClient.start(clock);
        token = vendors.token("sandbox");
        customer = vendors.startConversation("c1")
                .getJsonArray("participants")
                .getJsonObject(0)
                .getString("id");
    }

    @AfterEach
    void stop() {
        vendors.close();
    }

    @Test
    void shouldWaitWithCallerAndQueue() throws Exception {
        JsonObject conversation = conversation();

        assertThat(conversation.getString("startTime")).isEqualTo("2026-07-01T12:00:00.000Z");
        assertThat(purposes()).containsExactly("customer", "acd");
        JsonObject caller = conversation.getJsonArray("participants").getJsonObject(0);
        assertThat(caller.getString("ani")).isEqualTo("tel:+14155550123");
        assertThat(caller.getString("address")).isEqualTo("tel:+14155550123");
        JsonObject acd = conversation.getJsonArray("participants").getJsonObject(1);
        assertThat(acd.getString("queueId")).isEqualTo("queue-service-desk");
        assertThat(acd.getJsonObject("conversationRoutingData").getInteger("priority"))
                .isZero();
    }

    @Test
    void shouldHaveTheDialledNumberAsItsAddress() throws Exception {
        JsonObject conversation = conversation();

        JsonObject caller = conversation.getJsonArray("participants").getJsonObject(0);
        assertThat(conversation.getString("address"))
                .isEqualTo(caller.getString("dnis"))
                .isNotEqualTo(caller.getString("ani"));
        assertThat(conversation.getString("recordingState")).isEqualTo("NONE");
    }

    @Test
    void shouldGoThroughItsStates() throws Exception {
        vendors.move("c1", "connected");
        assertThat(purposes()).containsExactly("customer", "acd (ended)", "agent");

        vendors.move("c1", "wrapup");
        assertThat(purposes()).containsExactly("customer (ended)", "acd (ended)", "agent");
        assertThat(conversation().containsKey("endTime")).isFalse();

        vendors.move("c1", "ended");
        assertThat(purposes()).containsExactly("customer (ended)", "acd (ended)", "agent (ended)");
        assertThat(conversation().getString("endTime")).isEqualTo("2026-07-01T12:00:00.000Z");
    }

    @Test
    void shouldEndWithoutAnAgentWhenTheCallerGivesUp() throws Exception {
        vendors.move("c1", "ended");

        assertThat(purposes()).containsExactly("customer (ended)", "acd (ended)");
    }

    @Test
    void shouldNotGoBack() throws Exception {
        vendors.move("c1", "wrapup");

        HttpResponse<String> answer = vendors.control(
                "PUT", VendorClient.GENESYS + "/control/conversations/c1/state", "{\"state\":\"connected\"}");

        assertThat(answer.statusCode()).isEqualTo(409);
    }

    @ParameterizedTest
    @ValueSource(strings = {"waiting", "connected", "wrapup"})
    void shouldKeepAttributesUntilTheConversationEnds(String state) throws Exception {
        vendors.move("c1", state);

        HttpResponse<String> answer = patch(customer, INCIDENT);

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEmpty();
        assertThat(attributes()).isEqualTo(new JsonObject().put("incident", "INC0010001"));
    }

    @Test
    void shouldAddAttributesToThoseThatAreThere() throws Exception {
        patch(customer, "{\"attributes\":{\"a\":\"1\",\"b\":\"2\"}}");
        patch(customer, "{\"attributes\":{\"b\":\"3\"}}");

        assertThat(attributes()).isEqualTo(new JsonObject().put("a", "1").put("b", "3"));
    }

    @Test
    void shouldShowAttributesOnlyAfterThePropagationTime() throws Exception {
        vendors.faults("{\"propagationMs\":2000}");
        patch(customer, INCIDENT);

        clock.advance(Duration.ofMillis(1_999));
        assertThat(attributes()).isEqualTo(new JsonObject());
        clock.advance(Duration.ofMillis(1));
        assertThat(attributes()).isEqualTo(new JsonObject().put("incident", "INC0010001"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"attributes\":{\"a\":null}} | conversation.error.participant.attribute.null",
                "{}                            | conversation.error.participant.attribute.null",
                "{\"attributes\":{\"a\":1}}    | invalid.value",
            })
    void shouldRefuseAttributesThatAreNoStrings(String body, String code) throws Exception {
        HttpResponse<String> answer = patch(customer, body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(new JsonObject(answer.body()).getString("code")).isEqualTo(code);
    }

    @Test
    void shouldRefuseAttributesOfAnEndedConversation() throws Exception {
        vendors.move("c1", "ended");

        HttpResponse<String> answer = patch(customer, INCIDENT);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(new JsonObject(answer.body()).getString("code"))
                .isEqualTo("conversation.error.forbidden.not.active.participant");
    }

    @Test
    void shouldRefuseAttributesOfAStranger() throws Exception {
        HttpResponse<String> answer = patch("stranger", INCIDENT);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(new JsonObject(answer.body()).getString("code"))
                .isEqualTo("conversation.error.not.conversation.participant");
    }

    @Test
    void shouldRefuseUnknownFieldsOfItsOwnControlsOnly() throws Exception {
        HttpResponse<String> answer = vendors.control(
                "POST", VendorClient.GENESYS + "/control/conversations", "{\"ani\":\"+14155550123\",\"queue\":\"q\"}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("'queue'");
        assertThat(patch(customer, "{\"attributes\":{},\"extra\":1}").statusCode())
                .isEqualTo(202);
    }

    private HttpResponse<String> patch(String participant, String body) throws Exception {
        return vendors.call(token, "PATCH", "conversations/c1/participants/" + participant + "/attributes", body);
    }

    private JsonObject conversation() throws Exception {
        return new JsonObject(
                vendors.call(token, "GET", "conversations/c1", null).body());
    }

    private JsonObject attributes() throws Exception {
        return conversation().getJsonArray("participants").getJsonObject(0).getJsonObject("attributes");
    }

    private List<String> purposes() throws Exception {
        return conversation().getJsonArray("participants").stream()
                .map(JsonObject.class::cast)
                .map(party -> party.getString("purpose") + (party.containsKey("endTime") ? " (ended)" : ""))
                .toList();
    }
}
