package io.incidentbridge.caller;

import static io.incidentbridge.caller.CallerRequests.enrol;
import static io.incidentbridge.caller.CallerRequests.inParallel;
import static io.incidentbridge.caller.CallerRequests.lookup;
import static io.incidentbridge.caller.CallerRequests.newUser;
import static io.incidentbridge.caller.CallerRequests.nextSuffix;
import static io.incidentbridge.caller.CallerRequests.unknownNumber;
import static io.incidentbridge.caller.CallerRequests.userNamed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.incidentbridge.testing.SandboxResource;
import io.incidentbridge.testing.Vendors;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Numbers are added to profiles once, never overwritten and never taken from somebody else. */
@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class PhoneEnrolmentTest {

    Vendors vendors;

    @BeforeEach
    void healthyVendors() {
        vendors.reset();
    }

    @Test
    void shouldEnrolACallerOnceAndThenKnowTheNumber() {
        JsonObject user = newUser(vendors);
        String ani = unknownNumber();
        lookup("ani", ani).body("status", equalTo("NOT_FOUND"));

        enrol(user.getString("employee_number"), ani)
                .body("status", equalTo("ENROLLED"))
                .body("reason", equalTo("NONE"))
                .body("sysId", equalTo(user.getString("sys_id")));
        enrol(user.getString("employee_number"), ani).body("status", equalTo("ALREADY"));

        lookup("ani", ani)
                .body("status", equalTo("FOUND"))
                .body("sysId", equalTo(user.getString("sys_id")))
                .body("openUrl", containsString("sys_user.do%3Fsys_id%3D"));
        assertThat(vendors.arrived("servicenow", "PATCH sys_user")).isEqualTo(1);
    }

    @Test
    void shouldEnrolOnceWhenManyAskAtOnce() {
        JsonObject user = newUser(vendors);
        String ani = unknownNumber();

        List<String> statuses = inParallel(
                20,
                () -> enrol(user.getString("employee_number"), ani).extract().path("status"));

        assertThat(statuses).contains("ENROLLED").doesNotContain("REFUSED", "NOT_FOUND");
        assertThat(vendors.arrived("servicenow", "PATCH sys_user")).isEqualTo(1);
    }

    @Test
    void shouldNotTakeANumberFromAnotherUser() {
        enrol(newUser(vendors).getString("employee_number"), "(415) 555-0123")
                .body("status", equalTo("REFUSED"))
                .body("reason", equalTo("NUMBER_OF_ANOTHER_USER"));

        assertThat(vendors.arrived("servicenow", "PATCH sys_user")).isZero();
    }

    @Test
    void shouldNotOverwriteANumber() {
        JsonObject user = vendors.create(
                "sys_user",
                userNamed()
                        .put("mobile_phone", "+1 415 555 07" + nextSuffix())
                        .put("home_phone", "+1 415 555 07" + nextSuffix()));

        enrol(user.getString("employee_number"), unknownNumber())
                .body("status", equalTo("REFUSED"))
                .body("reason", equalTo("NO_FREE_FIELD"));
    }

    @Test
    void shouldNotEnrolForNobodyNorWithoutANumber() {
        enrol("E-nobody", unknownNumber()).body("status", equalTo("NOT_FOUND"));
        enrol("E100001", "anonymous").body("reason", equalTo("NUMBER_UNREADABLE"));
    }

    @Test
    void shouldDeferAnEnrolmentWhenServiceNowFails() {
        vendors.fail("servicenow", "{\"failureRate\":1.0,\"failureStatus\":503}");

        enrol("E100001", unknownNumber())
                .body("status", equalTo("DEFERRED"))
                .body("reason", equalTo("SERVICE_DESK_UNAVAILABLE"));
    }

    @Test
    void shouldNotGiveANumberToASecondUserWhileItsWriteIsStillUnderWay() {
        JsonObject first = newUser(vendors);
        JsonObject second = newUser(vendors);
        String ani = unknownNumber();
        CompletableFuture<String> slow = CompletableFuture.supplyAsync(
                () -> enrol(first.getString("employee_number"), ani).extract().path("status"));
        await().until(() -> vendors.arrived("servicenow", "GET sys_user") >= 3);
        vendors.fail("servicenow", "{\"hangRate\":1.0}");
        assertThat(slow.join()).isIn("DEFERRED", "ENROLLED");
        vendors.heal();

        String status =
                enrol(second.getString("employee_number"), ani).extract().path("status");

        assertThat(status).isIn("DEFERRED", "REFUSED");
        assertThat(vendors.records("sys_user", "sys_id=" + second.getString("sys_id"))
                        .getJsonObject(0)
                        .getString("mobile_phone"))
                .isEmpty();
    }
}
