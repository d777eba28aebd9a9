package io.incidentbridge.caller;

import static io.incidentbridge.caller.CallerRequests.enrol;
import static io.incidentbridge.caller.CallerRequests.lookup;
import static io.incidentbridge.caller.CallerRequests.lookupsAtOnce;
import static io.incidentbridge.caller.CallerRequests.unknownNumber;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.incidentbridge.redis.RedisProcess;
import io.incidentbridge.testing.SandboxResource;
import io.incidentbridge.testing.Vendors;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The screen pop as a Data Action gets it, with a real Redis and the simulated ServiceNow. */
@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class CallerResourceTest {

    Vendors vendors;
    RedisProcess redis;

    @BeforeEach
    void healthyVendors() {
        vendors.reset();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+14155550123",
                "tel:+14155550123",
                "4155550123",
                "14155550123",
                "(415) 555-0123",
                "415-555-0123",
                "415.555.0123",
                "+1 415 555 0123",
                "1-415-555-0123",
                "+1 (415) 555-0123 x7",
                "sip:+14155550123@edge.example.com;user=phone"
            })
    void shouldFindACallerByAnySpelling(String ani) {
        lookup("ani", ani)
                .body("status", equalTo("FOUND"))
                .body("matchedBy", equalTo("ani"))
                .body("userName", equalTo("abel.tuter"))
                .body("name", equalTo("Abel Tuter"))
                .body("incidents", hasSize(3))
                .body("incidentsAvailable", equalTo(true))
                .body("incidentCount", equalTo(3))
                .body("stale", equalTo(false));
    }

    @Test
    void shouldShowTheNewestIncidentFlatAndFirst() {
        ValidatableResponse pop = lookup("ani", "+14155550123");
        JsonObject first = new JsonObject(pop.extract().asString())
                .getJsonArray("incidents")
                .getJsonObject(0);

        pop.body("incidentNumber", equalTo(first.getString("number")))
                .body("incidentShortDescription", equalTo(first.getString("shortDescription")))
                .body("incidentState", equalTo(first.getString("state")))
                .body("incidentPriority", equalTo(first.getInteger("priority")))
                .body("incidentUpdatedAt", equalTo(first.getString("updatedAt")))
                .body("incidentUrl", equalTo(first.getString("url")))
                .body("openUrl", equalTo(first.getString("url")))
                .body("openUrl", containsString("nav_to.do?uri=incident.do%3Fsys_id%3D"));
        List<Instant> updated = pop.extract().jsonPath().getList("incidents.updatedAt", String.class).stream()
                .map(Instant::parse)
                .toList();
        assertThat(updated).isSortedAccordingTo(java.util.Comparator.reverseOrder());
    }

    @Test
    void shouldFindEverySeededActiveUserWithANumberOfTheirOwn() {
        var users = vendors.records("sys_user", "active=true^mobile_phoneISNOTEMPTY^ORDERBYuser_name");
        JsonObject last = users.getJsonObject(users.size() - 1);

        lookup("ani", last.getString("mobile_phone")).body("status", not(equalTo("NOT_FOUND")));
        assertThat(users.size()).isGreaterThan(50);
    }

    @Test
    void shouldNotKnowAnUnknownNumber() {
        lookup("ani", unknownNumber())
                .body("status", equalTo("NOT_FOUND"))
                .body("matchedBy", equalTo(""))
                .body("sysId", equalTo(""))
                .body("incidents", hasSize(0))
                .body("openUrl", equalTo(""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "anonymous", "5123", "^NQactive=true", "javascript:gs.getUserID()", "+"})
    void shouldTakeAnUnreadableNumberForAnUnknownOneWithoutAsking(String ani) {
        lookup("ani", ani).body("status", equalTo("NOT_FOUND"));

        assertThat(vendors.arrived("servicenow", "GET sys_user")).isZero();
    }

    @Test
    void shouldNotChooseBetweenTwoOwnersOfANumber() {
        lookup("ani", "+14155550150")
                .body("status", equalTo("AMBIGUOUS"))
                .body("sysId", equalTo(""))
                .body("incidents", hasSize(0));
    }

    @Test
    void shouldFindACallerByEmployeeId() {
        lookup("employeeId", "E100001")
                .body("status", equalTo("FOUND"))
                .body("matchedBy", equalTo("employeeId"))
                .body("userName", equalTo("abel.tuter"));
    }

    @Test
    void shouldAnswerEveryFieldWhateverTheStatus() {
        int fields = new JsonObject(lookup("ani", "+14155550123").extract().asString()).size();

        for (String ani : List.of(unknownNumber(), "+14155550150", "anonymous")) {
            lookup("ani", ani).body("$", aMapWithSize(fields)).body("values().any { it == null }", equalTo(false));
        }
    }

    @Test
    void shouldAnswerUnavailableWithinTheDeadlineWhenServiceNowHangs() {
        vendors.fail("servicenow", "{\"hangRate\":1.0}");
        long start = System.nanoTime();

        lookup("ani", unknownNumber())
                .body("status", equalTo("UNAVAILABLE"))
                .body("incidentsAvailable", equalTo(false));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(3500));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"failureRate\":1.0,\"failureStatus\":503}",
                "{\"failureRate\":1.0,\"failureStatus\":401}",
                "{\"failureRate\":1.0,\"failureStatus\":403}",
                "{\"failureRate\":1.0,\"failureStatus\":429}",
                "{\"htmlRate\":1.0}",
                "{\"truncateRate\":1.0}",
                "{\"lostReplyRate\":1.0}"
            })
    void shouldAnswerUnavailableWhateverServiceNowAnswers(String faults) {
        vendors.fail("servicenow", faults);

        lookup("ani", unknownNumber()).body("status", equalTo("UNAVAILABLE"));
    }

    @Test
    void shouldSearchOnceForManySimultaneousCallersOfOneNumber() {
        vendors.fail("servicenow", "{\"latencyMs\":200}");
        String ani = "+14155550145";

        List<String> statuses = lookupsAtOnce(200, ani);

        assertThat(statuses).hasSize(200).containsOnly(statuses.get(0));
        assertThat(vendors.arrived("servicenow", "GET sys_user")).isEqualTo(1);
    }

    @Test
    void shouldSearchOnceForACrowdWhileRedisHangs() {
        RedisProcess.assumeSignals();
        redis.hang();
        try {
            for (int i = 0; i < 5; i++) {
                lookup("ani", "+14155550189").body("status", equalTo("FOUND"));
            }

            assertThat(vendors.arrived("servicenow", "GET sys_user")).isEqualTo(1);
            enrol("E100001", unknownNumber()).body("reason", equalTo("BRIDGE_UNAVAILABLE"));
        } finally {
            redis.resume();
        }
        await().until(() -> enrol("E-nobody", unknownNumber()).extract().path("status"), "NOT_FOUND"::equals);
    }

    @Test
    void shouldUseAFreshTokenWhenTheOldOneIsRevoked() {
        lookup("ani", unknownNumber()).body("status", equalTo("NOT_FOUND"));
        vendors.fail("servicenow", "{\"revokeTokens\":true}");

        lookup("ani", unknownNumber()).body("status", equalTo("NOT_FOUND"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}", "{\"employeeId\":\"\"}", "{\"ani\":\"+14155550123\",\"employeeId\":\"E1\"}",
                "{\"employeeId\":\"a^b\"}", "{\"employeeId\":\"a b\"}", "{\"ani\":\"+1\",\"conversationId\":\"a/b\"}",
                "{\"ani\":\"+1\",\"unknown\":1}"
            })
    void shouldRefuseAWrongRequestNamingTheRule(String body) {
        given().header("X-API-Key", "sandbox-data-action")
                .contentType("application/json")
                .body(body)
                .post("/v1/callers/lookup")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors[0].rule", not(nullValue()))
                .body("title", matchesPattern("\\S.*"));
    }

    @Test
    void shouldRefuseAnUnknownKey() {
        given().header("X-API-Key", "wrong")
                .contentType("application/json")
                .body("{\"ani\":\"+14155550123\"}")
                .post("/v1/callers/lookup")
                .then()
                .statusCode(401)
                .contentType("application/problem+json");
    }
}
