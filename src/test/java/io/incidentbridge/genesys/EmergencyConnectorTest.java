package io.incidentbridge.genesys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.incidentbridge.itsm.ConnectorException;
import io.incidentbridge.itsm.FailureReason;
import io.incidentbridge.ratelimit.BudgetRequest;
import io.incidentbridge.ratelimit.Lane;
import io.incidentbridge.testing.SandboxResource;
import io.incidentbridge.testing.Vendors;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class EmergencyConnectorTest {

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final String GROUP = "emergency-group-itsm";
    private static final String TABLE = "datatable-emergency-routing";
    private static final String HEALTH_TABLE = "datatable-system-health";
    private static final String CONTROL = "/sandbox/genesys/control/";

    @Inject
    EmergencyConnector connector;

    @Inject
    GenesysConnector bridgesOwn;

    @Inject
    ObjectMapper mapper;

    Vendors vendors;

    private static boolean quiet;

    /** The reconciler looks at the same routing after its start and after earlier tests, until all is as it should be. */
    @BeforeEach
    void quietVendors() {
        vendors.reset();
        if (!quiet) {
            vendors.awaitQuiet("genesys", "telephony/emergencyrouting");
            quiet = true;
        }
    }

    @Test
    void shouldSwitchEmergencyRoutingUnderItsOwnClient() {
        done(connector.setEmergencyRouting(activation()));

        JsonNode state = done(connector.emergencyRouting());
        assertThat(state.path("state").asText()).isEqualTo("ACTIVE");
        assertThat(state.path("reason").asText()).isEqualTo("INC0010001 mail is down");
        assertThat(state.path("lastUpdated").asText()).isNotEmpty();
        assertThat(changes()).hasSize(1);
        assertThat(changes().getJsonObject(0).getString("client")).isEqualTo("sandbox-emergency");
    }

    @Test
    void shouldSayThatAnotherChangeIsUnderWay() {
        vendors.fail("genesys", "{\"propagationMs\":600000}");
        done(connector.setEmergencyRouting(activation()));

        assertThat(failureOf(connector.setEmergencyRouting(activation())).reason())
                .isEqualTo(FailureReason.CONFLICT);
        assertThat(done(connector.emergencyRouting()).path("state").asText()).isEqualTo("PENDING");
    }

    @Test
    void shouldLogInOnceMoreWhenTheTokenIsRevokedInMidTransition() {
        done(connector.tokenAlive());
        vendors.fail("genesys", "{\"revokeTokens\":true}");

        done(connector.setEmergencyRouting(activation()));

        assertThat(done(connector.emergencyRouting()).path("state").asText()).isEqualTo("ACTIVE");
        assertThat(changes()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "400, REJECTED",
        "401, UNAUTHENTICATED",
        "403, FORBIDDEN",
        "404, NOT_FOUND",
        "409, CONFLICT",
        "429, RATE_LIMITED",
        "500, VENDOR_FAULT",
        "503, VENDOR_FAULT"
    })
    void shouldReduceEveryStatusToOneReasonAndDoNothing(int status, FailureReason expected) {
        vendors.fail("genesys", "{\"failureRate\":1.0,\"failureStatus\":" + status + "}");

        ConnectorException failure = failureOf(connector.setEmergencyRouting(activation()));

        assertThat(failure.reason()).isEqualTo(expected);
        assertThat(failure.vendor()).isEqualTo(EmergencyConnector.VENDOR);
        assertThat(changes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"lostReplyRate, 1", "htmlRate, 1", "truncateRate, 1", "hangRate, 0"})
    void shouldSendAChangeOnceWhateverBecomesOfItsAnswer(String fault, int done) {
        done(connector.tokenAlive());
        vendors.fail("genesys", "{\"" + fault + "\":1.0}");

        assertThat(failureOf(connector.setEmergencyRouting(activation())).reason())
                .isIn(FailureReason.UNKNOWN_OUTCOME, FailureReason.VENDOR_FAULT);
        assertThat(changes()).hasSize(done);
        assertThat(vendors.arrived("genesys", "POST telephony/emergencyrouting"))
                .isEqualTo(1);
    }

    @Test
    void shouldReadOnceMoreWhenAReplyIsLost() {
        vendors.fail("genesys", "{\"lostReplyRate\":1.0}");

        // A group, as the reconciler may still look at the routing itself after an earlier test.
        assertThat(failureOf(connector.emergencyGroup(GROUP)).reason()).isEqualTo(FailureReason.UNKNOWN_OUTCOME);
        assertThat(vendors.arrived("genesys", "GET architect/emergencygroups/{id}"))
                .isEqualTo(2);
    }

    @Test
    void shouldSwitchAGroupAndKeepAllTheRest() {
        JsonNode read = done(connector.emergencyGroup(GROUP));

        done(connector.putEmergencyGroup(GROUP, EmergencyGroups.switched(read, true)));

        JsonNode after = done(connector.emergencyGroup(GROUP));
        assertThat(EmergencyGroups.isEnabled(after)).isTrue();
        for (String field : List.of("name", "description", "division", "emergencyCallFlows")) {
            assertThat(after.path(field)).isEqualTo(read.path(field));
        }
    }

    @Test
    void shouldNotOverwriteAnotherAdministratorsChange() {
        JsonNode read = done(connector.emergencyGroup(GROUP));
        vendors.send("PUT", CONTROL + "emergencygroups/" + GROUP, "{\"description\":\"changed by hand\"}");

        assertThat(failureOf(connector.putEmergencyGroup(GROUP, EmergencyGroups.switched(read, true)))
                        .reason())
                .isEqualTo(FailureReason.CONFLICT);
        JsonNode after = done(connector.emergencyGroup(GROUP));
        assertThat(after.path("description").asText()).isEqualTo("changed by hand");
        assertThat(EmergencyGroups.isEnabled(after)).isFalse();
    }

    @Test
    void shouldNotTakeCallFlowsFromAGroup() {
        ObjectNode fewer = (ObjectNode) done(connector.emergencyGroup(GROUP));
        fewer.withArray("emergencyCallFlows").removeAll();

        assertThat(failureOf(connector.putEmergencyGroup(GROUP, fewer)).reason())
                .isEqualTo(FailureReason.REJECTED);
        assertThat(changes()).isEmpty();
    }

    @Test
    void shouldSayThatAGroupIsUnknown() {
        assertThat(failureOf(connector.emergencyGroup("none")).reason()).isEqualTo(FailureReason.NOT_FOUND);
    }

    @Test
    void shouldPutARowWhetherItIsThereOrNot() {
        done(connector.putDataTableRow(TABLE, new DataTableRow("default", Map.of("state", "ACTIVE"))));
        assertThat(done(connector.dataTableRow(TABLE, "default")).columns()).isEqualTo(Map.of("state", "ACTIVE"));

        DataTableRow next = new DataTableRow("default", Map.of("active", false, "priority", 1));
        done(connector.putDataTableRow(TABLE, next));
        assertThat(done(connector.dataTableRow(TABLE, "default"))).isEqualTo(next);

        assertThat(failureOf(connector.dataTableRow(TABLE, "other")).reason()).isEqualTo(FailureReason.NOT_FOUND);
        assertThat(failureOf(connector.putDataTableRow("none", next)).reason()).isEqualTo(FailureReason.NOT_FOUND);
    }

    @Test
    void shouldPutARowUnderTheBridgesOwnClient() {
        BudgetRequest room = BudgetRequest.within(Lane.BACKGROUND, Duration.ofSeconds(5));
        DataTableRow row = new DataTableRow("email", Map.of("mode", "CATASTROPHE"));

        done(bridgesOwn.putDataTableRow(HEALTH_TABLE, row, room));

        assertThat(done(bridgesOwn.dataTableRow(HEALTH_TABLE, "email", room))).isEqualTo(row);
        assertThat(allChanges())
                .filteredOn(change -> change.toString().contains(HEALTH_TABLE))
                .extracting(change -> ((JsonObject) change).getString("client"))
                .containsOnly("sandbox");
    }

    @Test
    void shouldSeeWhetherAgentsAreFree() {
        vendors.send("PUT", CONTROL + "queues/queue-12345", "{\"agents\":5,\"busy\":5}");
        vendors.send(
                "POST",
                CONTROL + "conversations",
                "{\"ani\":\"+14155550123\",\"conversationId\":\"c1\",\"queueId\":\"queue-12345\"}");

        List<QueueObservation> seen =
                done(connector.observations(List.of("queue-12345", "queue-overflow", "queue-gone")));

        assertThat(seen)
                .containsExactly(
                        new QueueObservation("queue-12345", 0, 5, 1, 5),
                        new QueueObservation("queue-overflow", 10, 0, 0, 0),
                        new QueueObservation("queue-gone", 0, 0, 0, 0));
    }

    @Test
    void shouldExecuteADataAction() {
        done(connector.execute("action-cache-bust", Map.of("cacheBust", "42")));

        assertThat(changes().getJsonObject(0).getJsonObject("after").getString("cacheBust"))
                .isEqualTo("42");
        assertThat(failureOf(connector.execute("none", Map.of())).reason()).isEqualTo(FailureReason.NOT_FOUND);
    }

    private JsonNode activation() {
        ObjectNode routing = mapper.createObjectNode()
                .put("reason", "INC0010001 mail is down")
                .put("state", "ACTIVE");
        routing.putObject("routingConfiguration")
                .put("priority", 1)
                .putArray("queueIds")
                .add("queue-12345");
        return routing;
    }

    /** Without the mirror of the outages' state, which is kept up to date all the time. */
    private JsonArray changes() {
        return allChanges().stream()
                .filter(change -> !change.toString().contains(HEALTH_TABLE))
                .collect(JsonArray::new, JsonArray::add, JsonArray::addAll);
    }

    private JsonArray allChanges() {
        return new JsonObject(vendors.send("GET", CONTROL + "changes", null)).getJsonArray("changes");
    }

    private static <T> T done(Uni<T> call) {
        return call.await().atMost(LONGEST);
    }

    private static ConnectorException failureOf(Uni<?> call) {
        return call.map(done -> (ConnectorException) null)
                .onFailure(ConnectorException.class)
                .recoverWithItem(failure -> (ConnectorException) failure)
                .await()
                .atMost(LONGEST);
    }
}
