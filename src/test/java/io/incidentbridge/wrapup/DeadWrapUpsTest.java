package io.incidentbridge.wrapup;

import static io.incidentbridge.wrapup.WrapUps.call;
import static io.incidentbridge.wrapup.WrapUps.get;
import static io.incidentbridge.wrapup.WrapUps.incident;
import static io.incidentbridge.wrapup.WrapUps.incidents;
import static io.incidentbridge.wrapup.WrapUps.operator;
import static io.incidentbridge.wrapup.WrapUps.taken;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.incidentbridge.redis.RedisProcess;
import io.incidentbridge.testing.SandboxResource;
import io.incidentbridge.testing.Vendors;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Wrap-ups that ServiceNow refuses, until an operator has decided about them. */
@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class DeadWrapUpsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    Vendors vendors;
    RedisProcess redis;

    @BeforeEach
    void strictServiceNow() {
        vendors.reset();
        vendors.send("PUT", "/sandbox/servicenow/sandbox-rules", "{\"mandatory\":\"caller_id\"}");
    }

    @Test
    void shouldBuryWhatServiceNowRefusesAndDoItOnceItIsCorrected() {
        JsonObject call = strangersCall();
        JsonObject refused = taken(call);
        assertThat(refused.getString("status")).isEqualTo("FAILED");
        String id = refused.getString("reference");

        operator("GET", "dead-letters?kind=wrap-up&reason=mandatory", null)
                .statusCode(200)
                .body("id", hasItem(id))
                .body("body", not(hasItem(call.getString("conversationId"))));
        JsonObject shown = new JsonObject(operator("GET", "dead-letters/" + id, null)
                .statusCode(200)
                .body("state", equalTo("DEAD"))
                .body("answer", containsString("mandatory: caller_id"))
                .extract()
                .asString());
        JsonObject body = shown.getJsonObject("body");
        body.getJsonObject("fields").put("sysId", WrapUps.callerOf(vendors));
        operator("PUT", "dead-letters/" + id, new JsonObject().put("body", body))
                .statusCode(200);
        operator("POST", "dead-letters/" + id + "/replay", null).statusCode(200);

        await().atMost(PATIENCE)
                .untilAsserted(() -> get(call.getString("conversationId")).body("status", equalTo("CREATED")));
        assertThat(incident(vendors, call).getString("caller_id")).isEqualTo(WrapUps.callerOf(vendors));
        operator("POST", "dead-letters/" + id + "/replay", null).statusCode(409);
    }

    @Test
    void shouldReplayManyAndLeaveOthersAlone() {
        JsonObject one = strangersCall();
        JsonObject other = strangersCall();
        JsonArray ids = new JsonArray()
                .add(taken(one).getString("reference"))
                .add(taken(other).getString("reference"))
                .add("0-00000000000000000000000000000000.1");
        vendors.send("PUT", "/sandbox/servicenow/sandbox-rules", "{}");

        operator("POST", "dead-letters/replay", new JsonObject().put("ids", ids))
                .statusCode(200)
                .body("replayed", equalTo(2))
                .body("skipped", equalTo(1));

        await().atMost(PATIENCE)
                .until(() -> incidents(vendors, one).size()
                                + incidents(vendors, other).size()
                        == 2);
    }

    @Test
    void shouldDiscardWithAReason() {
        JsonObject call = strangersCall();
        String id = taken(call).getString("reference");

        operator("POST", "dead-letters/" + id + "/discard", new JsonObject().put("reason", "a test call"))
                .statusCode(200)
                .body("state", equalTo("DISCARDED"));
        operator("POST", "dead-letters/" + id + "/discard", new JsonObject().put("reason", "again"))
                .statusCode(409);

        assertThat(taken(call).getString("status")).isEqualTo("FAILED");
        assertThat(incidents(vendors, call)).isEmpty();
    }

    @Test
    void shouldStayFailedWhenWhatWasDiscardedIsForgotten() {
        JsonObject call = strangersCall();
        String id = taken(call).getString("reference");
        operator("POST", "dead-letters/" + id + "/discard", new JsonObject().put("reason", "a test call"))
                .statusCode(200);

        String forgotten = redis.call("DEL", "ib:{outbox:" + id.substring(0, id.indexOf('-')) + "}:item:" + id);

        assertThat(forgotten).startsWith(":1");
        get(call.getString("conversationId")).body("status", equalTo("FAILED"));
        assertThat(taken(call).getString("status")).isEqualTo("FAILED");
    }

    @Test
    void shouldTakeAnAmendmentThatMakesItRight() {
        JsonObject call = strangersCall();
        taken(call);

        JsonObject amended = taken(call.copy().put("sysId", WrapUps.callerOf(vendors)));

        assertThat(amended.getString("incidentNumber"))
                .isEqualTo(incident(vendors, call).getString("number"));
    }

    @Test
    void shouldRefuseABodyThatCannotBeDone() {
        String id = taken(strangersCall()).getString("reference");

        operator("PUT", "dead-letters/" + id, new JsonObject().put("body", new JsonObject().put("fields", 1)))
                .statusCode(400)
                .body("errors.field", hasItem("body"));
        operator("PUT", "dead-letters/1-nothing", new JsonObject().put("body", new JsonObject()))
                .statusCode(404);
    }

    @Test
    void shouldBeForOperatorsOnly() {
        given().header("X-API-Key", "sandbox-data-action")
                .get("/v1/ops/dead-letters")
                .then()
                .statusCode(403);
        given().get("/v1/ops/outbox").then().statusCode(401);
        operator("GET", "outbox", null).statusCode(200).body("kinds.kind", hasItem("wrap-up"));
    }

    private JsonObject strangersCall() {
        return call(vendors).putNull("sysId");
    }
}
