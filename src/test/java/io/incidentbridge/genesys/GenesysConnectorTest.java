package io.incidentbridge.genesys;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.genesys.Conversation.Participant;
import io.incidentbridge.itsm.ConnectorException;
import io.incidentbridge.itsm.FailureReason;
import io.incidentbridge.ratelimit.BudgetRequest;
import io.incidentbridge.ratelimit.Lane;
import io.incidentbridge.testing.SandboxResource;
import io.incidentbridge.testing.Vendors;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class GenesysConnectorTest {

    private static final Map<String, String> LINK = Map.of("ServiceNow.IncidentNumber", "INC0010001");
    private static final Duration LONGEST = Duration.ofSeconds(20);

    @Inject
    GenesysConnector connector;

    Vendors vendors;

    @BeforeEach
    void healthyVendors() {
        vendors.reset();
    }

    @Test
    void shouldSetAttributesOfAParticipant() {
        String id = waitingConversation();
        Participant customer = customerOf(id);

        connector
                .setParticipantAttributes(id, customer.id(), LINK, room())
                .await()
                .atMost(LONGEST);

        assertThat(customerOf(id).attributes()).containsEntry("ServiceNow.IncidentNumber", "INC0010001");
    }

    @Test
    void shouldFindTheCustomersParticipantByItself() {
        String id = waitingConversation();

        connector.setParticipantAttributes(id, null, LINK, room()).await().atMost(LONGEST);

        assertThat(customerOf(id).attributes()).containsAllEntriesOf(LINK);
    }

    @Test
    void shouldLinkBackWhileTheAgentWritesUp() {
        String id = waitingConversation();
        move(id, "wrapup");

        connector.setParticipantAttributes(id, null, LINK, room()).await().atMost(LONGEST);

        assertThat(customerOf(id).attributes()).containsAllEntriesOf(LINK);
    }

    @Test
    void shouldTellAnEndedOrForgottenConversationFromMissingRights() {
        String ended = waitingConversation();
        move(ended, "ended");
        ConnectorException over = failureOf(connector.setParticipantAttributes(ended, null, LINK, room()));
        ConnectorException gone = failureOf(connector.setParticipantAttributes("none", null, LINK, room()));
        ConnectorException stranger = failureOf(connector.setParticipantAttributes(ended, "none", LINK, room()));
        vendors.fail("genesys", "{\"failureRate\":1.0,\"failureStatus\":403}");
        ConnectorException forbidden = failureOf(connector.setParticipantAttributes(ended, "p", LINK, room()));

        assertThat(over.reason()).isEqualTo(FailureReason.NOT_FOUND);
        assertThat(gone.reason()).isEqualTo(FailureReason.NOT_FOUND);
        assertThat(stranger.reason()).isEqualTo(FailureReason.NOT_FOUND);
        assertThat(forbidden.reason()).isEqualTo(FailureReason.FORBIDDEN);
        assertThat(forbidden.vendorMessage()).startsWith("not.authorized: ");
    }

    @Test
    void shouldRaiseAWaitingConversation() {
        connector.setPriority(waitingConversation(), 30).await().atMost(LONGEST);

        assertThat(vendors.arrived("genesys", "PATCH routing/conversations/{id}"))
                .isEqualTo(1);
    }

    @Test
    void shouldSayThatAConversationIsUnknown() {
        assertThat(failureOf(connector.conversation("none")).reason()).isEqualTo(FailureReason.NOT_FOUND);
        assertThat(failureOf(connector.setPriority("none", 1)).reason()).isEqualTo(FailureReason.NOT_FOUND);
    }

    @ParameterizedTest
    @CsvSource({
        "400, REJECTED",
        "401, UNAUTHENTICATED",
        "403, FORBIDDEN",
        "409, CONFLICT",
        "413, REJECTED",
        "429, RATE_LIMITED",
        "500, VENDOR_FAULT",
        "503, VENDOR_FAULT",
        "504, UNKNOWN_OUTCOME"
    })
    void shouldReduceEveryStatusToOneReason(int status, FailureReason expected) {
        vendors.fail("genesys", "{\"failureRate\":1.0,\"failureStatus\":" + status + "}");

        assertThat(failureOf(connector.conversation("any")).reason()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"hangRate, UNKNOWN_OUTCOME", "lostReplyRate, UNKNOWN_OUTCOME", "htmlRate, VENDOR_FAULT"})
    void shouldReduceEveryFaultToOneReason(String fault, FailureReason expected) {
        String id = waitingConversation();
        vendors.fail("genesys", "{\"" + fault + "\":1.0}");

        assertThat(failureOf(connector.conversation(id)).reason()).isEqualTo(expected);
    }

    @Test
    void shouldLogInOnceMoreWhenTheTokenIsRevoked() {
        connector.checkToken().await().atMost(LONGEST);
        vendors.fail("genesys", "{\"revokeTokens\":true}");

        connector.checkToken().await().atMost(LONGEST);
    }

    private String waitingConversation() {
        String id = UUID.randomUUID().toString();
        vendors.send(
                "POST",
                "/sandbox/genesys/control/conversations",
                new JsonObject()
                        .put("conversationId", id)
                        .put("ani", "+14155550123")
                        .encode());
        return id;
    }

    private void move(String conversationId, String state) {
        vendors.send(
                "PUT",
                "/sandbox/genesys/control/conversations/" + conversationId + "/state",
                new JsonObject().put("state", state).encode());
    }

    private static BudgetRequest room() {
        return BudgetRequest.within(Lane.TICKET, LONGEST);
    }

    private Participant customerOf(String conversationId) {
        return connector.conversation(conversationId).await().atMost(LONGEST).participants().stream()
                .filter(participant -> participant.purpose().equals("customer"))
                .findFirst()
                .orElseThrow();
    }

    private static ConnectorException failureOf(Uni<?> call) {
        return call.map(done -> (ConnectorException) null)
                .onFailure(ConnectorException.class)
                .recoverWithItem(failure -> (ConnectorException) failure)
                .await()
                .atMost(LONGEST);
    }
}
