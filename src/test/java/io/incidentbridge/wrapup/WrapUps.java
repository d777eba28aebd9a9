package io.incidentbridge.wrapup;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import io.incidentbridge.testing.Vendors;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.UUID;

/** Finished calls as Data Actions report them, and what they have left at the vendors. */
final class WrapUps {

    /** Far above what a test's machine needs, so that an answer in the same call is no matter of luck. */
    private static final int PATIENT_MS = 15_000;

    private WrapUps() {}

    /** A call that Genesys knows and nobody has wrapped up yet. */
    static JsonObject call(Vendors vendors) {
        return call(vendors, callerOf(vendors));
    }

    static JsonObject call(Vendors vendors, String caller) {
        String id = UUID.randomUUID().toString();
        vendors.send(
                "POST",
                "/sandbox/genesys/control/conversations",
                new JsonObject()
                        .put("conversationId", id)
                        .put("ani", "+14155550123")
                        .encode());
        return new JsonObject()
                .put("conversationId", id)
                .put("wrapUpCode", "email")
                .put("sysId", caller)
                .put("customerName", "Abel Tuter")
                .put("waitMs", PATIENT_MS);
    }

    static String callerOf(Vendors vendors) {
        return vendors.records("sys_user", "user_name=abel.tuter")
                .getJsonObject(0)
                .getString("sys_id");
    }

    static ValidatableResponse post(JsonObject body) {
        return given().header("X-API-Key", "sandbox-data-action")
                .contentType("application/json")
                .body(body.encode())
                .post("/v1/wrapups")
                .then();
    }

    /** The answer of one that is taken. */
    static JsonObject taken(JsonObject body) {
        return new JsonObject(post(body).statusCode(200).extract().asString());
    }

    /** The answer once the first attempt, or a later one, has come to an end. */
    static JsonObject settled(JsonObject body) {
        JsonObject answer = taken(body);
        if (answer.getString("status").equals("DEFERRED")) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !current(body).getString("status").equals("DEFERRED"));
            return current(body);
        }
        return answer;
    }

    private static JsonObject current(JsonObject body) {
        return new JsonObject(
                get(body.getString("conversationId")).statusCode(200).extract().asString());
    }

    static ValidatableResponse get(String conversationId) {
        return given().header("X-API-Key", "sandbox-data-action")
                .get("/v1/wrapups/" + conversationId)
                .then();
    }

    static JsonArray incidents(Vendors vendors, JsonObject call) {
        return vendors.records("incident", "correlation_id=" + call.getString("conversationId"));
    }

    static JsonObject incident(Vendors vendors, JsonObject call) {
        JsonArray found = incidents(vendors, call);
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " incidents for one call");
        }
        return found.getJsonObject(0);
    }

    /** The customer's participant attributes. */
    static JsonObject attributes(Vendors vendors, JsonObject call) {
        JsonObject conversation = vendors.genesys("conversations/" + call.getString("conversationId"));
        return conversation.getJsonArray("participants").stream()
                .map(JsonObject.class::cast)
                .filter(participant -> participant.getString("purpose").equals("customer"))
                .findFirst()
                .orElseThrow()
                .getJsonObject("attributes", new JsonObject());
    }

    static ValidatableResponse operator(String method, String path, JsonObject body) {
        var request = given().header("X-API-Key", "sandbox-operator");
        if (body != null) {
            request = request.contentType("application/json").body(body.encode());
        }
        return request.request(method, "/v1/ops/" + path).then();
    }
}
