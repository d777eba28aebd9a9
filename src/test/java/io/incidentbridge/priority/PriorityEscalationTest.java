package io.incidentbridge.priority;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.incidentbridge.genesys.Conversation;
import io.incidentbridge.genesys.GenesysConnector;
import io.incidentbridge.testing.SandboxResource;
import io.incidentbridge.testing.Vendors;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a change in the simulated ServiceNow by its signed webhook to the queue of the simulated Genesys. */
@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class PriorityEscalationTest {

    private static final String RESOLUTION =
            "\"state\":\"6\",\"close_code\":\"Solution provided\",\"close_notes\":\"x\"";
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String INCIDENTS = "/sandbox/servicenow/api/now/table/incident/";
    private static final String PATCH = "PATCH routing/conversations/{id}";

    /** What Redis remembers of a user outlives a test, so each has a user of its own. */
    private static int nextUser = 30;

    @Inject
    GenesysConnector genesys;

    @Inject
    PriorityPoll poll;

    @TestHTTPResource
    URI bridge;

    Vendors vendors;

    private JsonObject user;
    private String incident;

    @BeforeEach
    void callerWithAnOrdinaryIncident() {
        vendors.reset();
        vendors.sendWebhooksTo("http://" + bridge.getHost() + ":" + bridge.getPort());
        JsonArray users = vendors.records("sys_user", "active=true^employee_numberISNOTEMPTY^ORDERBYuser_name");
        user = users.getJsonObject(nextUser++);
        incident = newIncident();
    }

    @AfterEach
    void noMoreWebhooks() {
        vendors.sendWebhooksTo("http://localhost:1");
    }

    @Test
    void shouldRaiseTheWaitingCallAndRestoreIt() {
        String call = waitingCall();
        assertThat(lookup(call)).isZero();

        makeCritical(incident);
        awaitPriority(call, 1000);
        makeOrdinary(incident);

        awaitPriority(call, 0);
    }

    @Test
    void shouldSuggestThePriorityForTheNextCall() {
        makeCritical(incident);
        await().atMost(LONG).untilAsserted(() -> assertThat(lookup("")).isEqualTo(1000));
        assertThat(vendors.arrived("genesys", PATCH)).isZero();

        vendors.send("PATCH", INCIDENTS + incident, "{" + RESOLUTION + "}");

        await().atMost(LONG).untilAsserted(() -> assertThat(lookup("")).isZero());
    }

    @Test
    void shouldTakeBackWhatTheFlowHasSetOnItsWord() {
        makeCritical(incident);
        await().atMost(LONG).untilAsserted(() -> assertThat(lookup("")).isEqualTo(1000));
        String call = waitingCall();
        assertThat(lookup(call)).isEqualTo(1000);
        genesys.setPriority(call, 1000).await().atMost(LONG);

        makeOrdinary(incident);

        awaitPriority(call, 0);
    }

    @Test
    void shouldNotLowerAPriorityThatOthersHaveSet() {
        String call = waitingCall();
        lookup(call);
        genesys.setPriority(call, 5000).await().atMost(LONG);

        makeCritical(incident);
        await().atMost(LONG).untilAsserted(() -> assertThat(lookup("")).isEqualTo(1000));
        makeOrdinary(incident);
        await().atMost(LONG).untilAsserted(() -> assertThat(lookup("")).isZero());

        assertThat(priority(call)).isEqualTo(5000);
    }

    @Test
    void shouldStayRaisedAsLongAsOneIncidentIsCritical() {
        String call = waitingCall();
        lookup(call);
        String other = newIncident();
        makeCritical(incident);
        makeCritical(other);
        awaitPriority(call, 1000);

        makeOrdinary(incident);
        makeOrdinary(other);

        awaitPriority(call, 0);
    }

    @Test
    void shouldLeaveACallAloneThatNoLongerWaits() {
        String call = waitingCall();
        lookup(call);
        vendors.send("PUT", "/sandbox/genesys/control/conversations/" + call + "/state", "{\"state\":\"connected\"}");

        makeCritical(incident);

        await().atMost(LONG).untilAsserted(() -> assertThat(lookup("")).isEqualTo(1000));
        assertThat(vendors.arrived("genesys", PATCH)).isZero();
    }

    @Test
    void shouldEndAsTheRecordSaysWhenEventsAreDoubledAndOutOfOrder() {
        vendors.send("PUT", "/sandbox/servicenow/control/webhooks", "{\"duplicates\":2,\"shuffleMs\":400}");
        String call = waitingCall();
        lookup(call);

        for (int i = 0; i < 5; i++) {
            makeCritical(incident);
            makeOrdinary(incident);
        }
        makeCritical(incident);

        awaitPriority(call, 1000);
        await().during(Duration.ofSeconds(1)).atMost(LONG).until(() -> priority(call) == 1000);
    }

    @Test
    void shouldTryAgainWhileGenesysDoesNotServe() {
        String call = waitingCall();
        lookup(call);
        vendors.fail("genesys", "{\"failureRate\":1.0,\"failureStatus\":503}");
        makeCritical(incident);
        await().atMost(LONG).until(() -> vendors.arrived("genesys", "GET conversations/{id}") > 2);

        vendors.heal();

        awaitPriority(call, 1000);
    }

    @Test
    void shouldFindChangesThatServiceNowHasNotTold() {
        String call = waitingCall();
        lookup(call);
        vendors.send("PUT", "/sandbox/servicenow/control/webhooks", "{\"enabled\":false}");

        makeCritical(incident);
        poll.look().await().atMost(LONG);
        awaitPriority(call, 1000);
        makeOrdinary(incident);
        poll.look().await().atMost(LONG);

        awaitPriority(call, 0);
    }

    @Test
    void shouldTryAgainWithTheNextLookWhatFailedAfterItWasNoted() {
        String call = waitingCall();
        lookup(call);
        vendors.send("PUT", "/sandbox/servicenow/control/webhooks", "{\"enabled\":false}");
        makeCritical(incident);
        vendors.fail("genesys", "{\"failureRate\":1.0,\"failureStatus\":503}");
        await().atMost(LONG).untilAsserted(() -> {
            poll.look().await().atMost(LONG);
            assertThat(lookup("")).isEqualTo(1000);
        });

        vendors.heal();

        await().atMost(LONG).ignoreExceptions().untilAsserted(() -> {
            poll.look().await().atMost(LONG);
            assertThat(priority(call)).isEqualTo(1000);
        });
    }

    @Test
    void shouldMoveWithTheIncidentToAnotherCaller() {
        String call = waitingCall();
        lookup(call);
        makeCritical(incident);
        awaitPriority(call, 1000);

        vendors.send("PATCH", INCIDENTS + incident, "{\"caller_id\":\"" + anybodyElse() + "\",\"state\":\"2\"}");

        awaitPriority(call, 0);
    }

    /** One update, of which two business rules tell. */
    @Test
    void shouldFollowAnIncidentWhosePriorityAndStateChangeAtOnce() {
        String call = waitingCall();
        lookup(call);

        vendors.send("PATCH", INCIDENTS + incident, "{\"impact\":\"1\",\"urgency\":\"1\",\"state\":\"2\"}");
        awaitPriority(call, 1000);
        vendors.send("PATCH", INCIDENTS + incident, "{\"impact\":\"3\",\"urgency\":\"3\"," + RESOLUTION + "}");
        awaitPriority(call, 0);
        vendors.send("PATCH", INCIDENTS + incident, "{\"impact\":\"1\",\"urgency\":\"1\",\"state\":\"2\"}");

        awaitPriority(call, 1000);
    }

    private String newIncident() {
        return vendors.create(
                        "incident",
                        new JsonObject()
                                .put("caller_id", user.getString("sys_id"))
                                .put("short_description", "Mail")
                                .put("impact", "3")
                                .put("urgency", "3"))
                .getString("sys_id");
    }

    private String anybodyElse() {
        return vendors.records("sys_user", "active=true^ORDERBYuser_name")
                .getJsonObject(0)
                .getString("sys_id");
    }

    private void makeCritical(String sysId) {
        vendors.send("PATCH", INCIDENTS + sysId, "{\"impact\":\"1\",\"urgency\":\"1\"}");
    }

    private void makeOrdinary(String sysId) {
        vendors.send("PATCH", INCIDENTS + sysId, "{\"impact\":\"3\",\"urgency\":\"3\"}");
    }

    private String waitingCall() {
        String call = UUID.randomUUID().toString();
        vendors.send(
                "POST",
                "/sandbox/genesys/control/conversations",
                new JsonObject()
                        .put("conversationId", call)
                        .put("ani", "+14155550199")
                        .encode());
        return call;
    }

    /** @return the suggested priority */
    private int lookup(String conversationId) {
        return given().header("X-API-Key", "sandbox-data-action")
                .contentType("application/json")
                .body(new JsonObject()
                        .put("employeeId", user.getString("employee_number"))
                        .put("conversationId", conversationId)
                        .encode())
                .post("/v1/callers/lookup")
                .then()
                .statusCode(200)
                .extract()
                .path("suggestedPriority");
    }

    private void awaitPriority(String call, int expected) {
        await().atMost(LONG).untilAsserted(() -> assertThat(priority(call)).isEqualTo(expected));
    }

    private int priority(String call) {
        return genesys.conversation(call)
                .await()
                .atMost(LONG)
                .waiting()
                .map(Conversation.Participant::priority)
                .orElse(-1);
    }
}
