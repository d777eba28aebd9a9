package io.incidentbridge.emergency;

import static io.incidentbridge.emergency.EmergencyRequests.PATIENCE;
import static io.incidentbridge.emergency.EmergencyRequests.activation;
import static io.incidentbridge.emergency.EmergencyRequests.audited;
import static io.incidentbridge.emergency.EmergencyRequests.awaitGenesys;
import static io.incidentbridge.emergency.EmergencyRequests.awaitStatus;
import static io.incidentbridge.emergency.EmergencyRequests.changes;
import static io.incidentbridge.emergency.EmergencyRequests.genesysState;
import static io.incidentbridge.emergency.EmergencyRequests.makeDue;
import static io.incidentbridge.emergency.EmergencyRequests.newId;
import static io.incidentbridge.emergency.EmergencyRequests.resolution;
import static io.incidentbridge.emergency.EmergencyRequests.routing;
import static io.incidentbridge.emergency.EmergencyRequests.setByHand;
import static io.incidentbridge.emergency.EmergencyRequests.startAfresh;
import static io.incidentbridge.emergency.EmergencyRequests.status;
import static io.incidentbridge.emergency.EmergencyRequests.tell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.incidentbridge.redis.RedisProcess;
import io.incidentbridge.testing.SandboxResource;
import io.incidentbridge.testing.Vendors;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever Genesys does: the emergency comes, or it is said loudly that it does not; the trail never says so too early. */
@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class EmergencyFaultsTest {

    private static final String ACTIVATED = "emergency.activated";

    Vendors vendors;
    RedisProcess redis;
    private String id;

    @BeforeEach
    void afresh() {
        startAfresh(vendors, redis);
        id = newId();
    }

    @AfterEach
    void quiet() {
        vendors.heal();
        tell(resolution(id)).statusCode(202);
        awaitGenesys(vendors, "INACTIVE");
    }

    @Test
    void shouldTakeAFreshTokenWhenTheOldOneIsRevoked() {
        vendors.fail("genesys", "{\"revokeTokens\":true}");

        tell(activation(id)).statusCode(202);

        awaitStatus(id, "ACTIVE");
        assertThat(changes(vendors)).hasSize(1);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(audited(redis, id)).contains(ACTIVATED));
    }

    @ParameterizedTest
    @CsvSource({
        "401, FAILED, UNAUTHENTICATED",
        "403, FAILED, FORBIDDEN",
        "404, FAILED, NOT_FOUND",
        "409, PROCESSING, CONFLICT",
        "429, PROCESSING, RATE_LIMITED",
        "500, PROCESSING, VENDOR_FAULT"
    })
    void shouldSayWhyItIsNotActiveAndGetThereAfterwards(int answer, String status, String reason) {
        vendors.fail("genesys", "{\"failureRate\":1.0,\"failureStatus\":" + answer + "}");

        tell(activation(id)).statusCode(202);

        await().atMost(PATIENCE)
                .untilAsserted(() -> status(id).body("status", is(status)).body("reason", containsString(reason)));
        routing().body("state", is("PENDING")).body("queueId", is("queue-12345"));
        assertThat(audited(redis, id)).doesNotContain(ACTIVATED);
        assertThat(changes(vendors)).isEmpty();

        vendors.heal();
        awaitStatus(id, "ACTIVE");
        assertThat(changes(vendors)).hasSize(1);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(audited(redis, id)).containsOnlyOnce(ACTIVATED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hangRate", "lostReplyRate", "htmlRate", "truncateRate"})
    void shouldReadInsteadOfAssumingWhenAnswersAreOfNoUse(String fault) {
        vendors.fail("genesys", "{\"" + fault + "\":1.0}");

        tell(activation(id)).statusCode(202);

        await().atMost(PATIENCE).until(() -> vendors.arrived("genesys", "GET telephony/emergencyrouting") > 0);
        status(id).body("status", is("PROCESSING"));
        assertThat(audited(redis, id)).doesNotContain(ACTIVATED);

        vendors.heal();
        awaitStatus(id, "ACTIVE");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(audited(redis, id)).containsOnlyOnce(ACTIVATED));
    }

    @Test
    void shouldGetThereThroughAMixOfFaults() {
        vendors.fail(
                "genesys",
                "{\"failureRate\":0.2,\"failureStatus\":500,\"lostReplyRate\":0.3,\"htmlRate\":0.1,\"latencyMs\":20}");

        tell(activation(id)).statusCode(202);

        awaitGenesys(vendors, "ACTIVE");
        vendors.heal();
        awaitStatus(id, "ACTIVE");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(audited(redis, id)).containsOnlyOnce(ACTIVATED));
    }

    @Test
    void shouldWaitForAChangeThatTakesItsTimeWithoutSendingAnother() {
        vendors.fail("genesys", "{\"propagationMs\":5000}");

        tell(activation(id)).statusCode(202);

        awaitGenesys(vendors, "PENDING");
        status(id).body("status", is("PROCESSING"));
        routing().body("state", is("PENDING"));
        assertThat(audited(redis, id)).doesNotContain(ACTIVATED);
        awaitStatus(id, "ACTIVE");
        assertThat(changes(vendors)).hasSize(1);
    }

    @Test
    void shouldSetBackWhatAnotherAdministratorChanges() {
        tell(activation(id)).statusCode(202);
        awaitStatus(id, "ACTIVE");
        setByHand(vendors, "INACTIVE");

        makeDue(redis);

        awaitGenesys(vendors, "ACTIVE");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(audited(redis, id)).contains("emergency.repaired"));
    }

    @Test
    void shouldEndAnEmergencyThatNoIncidentHolds() {
        setByHand(vendors, "ACTIVE");

        makeDue(redis);

        awaitGenesys(vendors, "INACTIVE");
    }

    @Test
    void shouldAnswerFlowsWithoutRedisAndAcceptNothing() {
        RedisProcess.assumeSignals();
        tell(activation(id)).statusCode(202);
        awaitStatus(id, "ACTIVE");
        await().atMost(PATIENCE).untilAsserted(() -> routing().body("state", is("ACTIVE")));

        redis.hang();
        try {
            await().atMost(PATIENCE).untilAsserted(() -> routing()
                    .statusCode(200)
                    .body("stale", is(true))
                    .body("state", is("ACTIVE"))
                    .body("queueId", is("queue-12345")));
            tell(activation(newId())).statusCode(503);
        } finally {
            redis.resume();
        }

        await().atMost(PATIENCE).untilAsserted(() -> routing().body("stale", is(false)));
        assertThat(genesysState(vendors)).isEqualTo("ACTIVE");
    }

    @Test
    void shouldSwitchGroupsByIncidentTypeEachWithItsOwnTargets() {
        JsonObject payments = activation(id).put("incidentType", "payments_down");

        tell(payments).statusCode(202).body("group", is("payments"));

        awaitStatus(id, "ACTIVE");
        assertThat(vendors.genesys("architect/emergencygroups/emergency-group-payments")
                        .getBoolean("enabled"))
                .isTrue();
        JsonObject row = vendors.genesys("flows/datatables/datatable-emergency-routing/rows/payments?showbrief=false");
        assertThat(row.getBoolean("active")).isTrue();
        assertThat(row.getString("queueIds")).isEqualTo("queue-12345,queue-67890");
        assertThat(row.getString("reason")).startsWith(id);
        assertThat(genesysState(vendors)).isEqualTo("INACTIVE");
        tell(resolution(id)).statusCode(202).body("group", is("payments"));
        awaitStatus(id, "INACTIVE");
        assertThat(vendors.genesys("architect/emergencygroups/emergency-group-payments")
                        .getBoolean("enabled"))
                .isFalse();
        assertThat(vendors.genesys("architect/emergencygroups/emergency-group-payments")
                        .getJsonArray("emergencyCallFlows"))
                .hasSize(1);
    }

    @Test
    void shouldObserveQueuesAndBustCachesDuringAnEmergency() {
        tell(activation(id).put("group", "payments")).statusCode(202);
        awaitStatus(id, "ACTIVE");

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(executions().stream().distinct().toList()).hasSizeGreaterThan(1));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(redis.call("HGET", "ib:{emr}:payments:state", "queues"))
                .contains("queue-12345"));

        tell(resolution(id)).statusCode(202);
        awaitStatus(id, "INACTIVE");
    }

    /** Each value that the Data Action was executed with. */
    private List<String> executions() {
        return new JsonObject(vendors.send(
                        "GET",
                        "/sandbox/genesys/control/changes?target=integrations/actions/action-cache-bust/execute",
                        null))
                .getJsonArray("changes").stream()
                        .map(change ->
                                ((JsonObject) change).getJsonObject("after").getString("cacheBust"))
                        .toList();
    }
}
