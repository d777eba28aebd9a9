package io.incidentbridge.itsm;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.incidentbridge.genesys.GenesysConnector;
import io.incidentbridge.ratelimit.BudgetRequest;
import io.incidentbridge.ratelimit.Lane;
import io.incidentbridge.redis.RedisProcess;
import io.incidentbridge.servicenow.ServiceNowConnector;
import io.incidentbridge.testing.DefaultBreakers;
import io.incidentbridge.testing.SandboxResource;
import io.incidentbridge.testing.Vendors;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client breakers with the numbers of production. A read is two attempts when it fails, a write is one. */
@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
@TestProfile(DefaultBreakers.class)
class ClientBreakerTest {

    private static final String ILL = "{\"failureRate\":1.0,\"failureStatus\":503}";
    private static final int WINDOW = 20;
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final String READS = "GET sys_user";
    private static final String BUDGET = "ib:{budget:servicenow}:state";
    private static final String WRITES = "PATCH sys_user";

    @Inject
    ServiceNowConnector serviceNow;

    @Inject
    GenesysConnector genesys;

    @Inject
    CircuitBreakerMaintenance breakers;

    Vendors vendors;
    RedisProcess redis;

    @BeforeEach
    @AfterEach
    void healthyVendors() {
        vendors.reset();
        breakers.resetAll();
    }

    @Test
    void shouldOpenOnceHalfOfTwentyAttemptsFailed() {
        repeat(WINDOW / 2, read());
        vendors.fail("servicenow", ILL);
        repeat(WINDOW / 4 - 1, read());
        assertThat(breakers.currentState(ClientBreakers.SERVICENOW_READ)).isEqualTo(CircuitBreakerState.CLOSED);

        outcome(read());

        assertThat(breakers.currentState(ClientBreakers.SERVICENOW_READ)).isEqualTo(CircuitBreakerState.OPEN);
    }

    @Test
    void shouldStayClosedWhileFewerFail() {
        repeat(WINDOW / 2 + 1, read());
        vendors.fail("servicenow", ILL);
        repeat(WINDOW / 4 - 1, read());
        vendors.fail("servicenow", "{}");

        repeat(WINDOW, read());

        assertThat(breakers.currentState(ClientBreakers.SERVICENOW_READ)).isEqualTo(CircuitBreakerState.CLOSED);
    }

    @Test
    void shouldCountSilence() {
        vendors.fail("servicenow", "{\"hangRate\":1.0}");

        Uni.join()
                .all(IntStream.range(0, WINDOW)
                        .mapToObj(i -> read().onFailure().recoverWithNull())
                        .toList())
                .andFailFast()
                .await()
                .atMost(LONGEST);

        assertThat(breakers.currentState(ClientBreakers.SERVICENOW_READ)).isEqualTo(CircuitBreakerState.OPEN);
    }

    @Test
    void shouldSendNothingWhileOpenAndAnswerAtOnce() {
        lookup("E100001");
        open();
        vendors.forgetTraffic();

        for (String employeeId : List.of("E100002", "E100003")) {
            long start = System.nanoTime();
            assertThat(lookup(employeeId)).isEqualTo("UNAVAILABLE");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
        }

        assertThat(outcome(read())).isEqualTo(FailureReason.BREAKER_OPEN);
        assertThat(vendors.arrived("servicenow", READS)).isZero();
    }

    @Test
    void shouldKeepWritesGoingWhileReadsFail() {
        open();

        assertThat(outcome(write())).isEqualTo(FailureReason.VENDOR_FAULT);

        assertThat(vendors.arrived("servicenow", WRITES)).isEqualTo(1);
    }

    @Test
    void shouldCloseAgainOnceServiceNowAnswers() {
        open();
        vendors.fail("servicenow", "{}");

        await().atMost(LONGEST).until(() -> outcome(read()) == null);

        assertThat(breakers.currentState(ClientBreakers.SERVICENOW_READ)).isEqualTo(CircuitBreakerState.CLOSED);
    }

    @Test
    void shouldSendOneProbeOnlyWhileServiceNowIsStillIll() {
        open();
        vendors.forgetTraffic();

        await().atMost(LONGEST).until(() -> outcome(read()) == null || vendors.arrived("servicenow", READS) > 0);

        assertThat(vendors.arrived("servicenow", READS)).isEqualTo(1);
        assertThat(breakers.currentState(ClientBreakers.SERVICENOW_READ)).isEqualTo(CircuitBreakerState.OPEN);
    }

    @Test
    void shouldStayOpenWhenTheProbeWasHeldBackByTheBudget() {
        open();
        vendors.fail("servicenow", "{}");
        vendors.forgetTraffic();
        // given: a budget that everyone pauses, as after a 429
        redis.call("HSET", BUDGET, "paused", Long.toString(System.currentTimeMillis() + 600_000));
        try {
            await().atMost(LONGEST).until(() -> outcome(read()) == FailureReason.RATE_LIMITED);

            assertThat(vendors.arrived("servicenow", READS)).isZero();
            assertThat(breakers.currentState(ClientBreakers.SERVICENOW_READ)).isEqualTo(CircuitBreakerState.OPEN);
        } finally {
            redis.call("HDEL", BUDGET, "paused");
        }
        await().atMost(LONGEST).until(() -> outcome(read()) == null);
        assertThat(breakers.currentState(ClientBreakers.SERVICENOW_READ)).isEqualTo(CircuitBreakerState.CLOSED);
    }

    @Test
    void shouldNotOpenByWhatTheBudgetHoldsBack() {
        outcome(read());
        redis.call("HSET", BUDGET, "paused", Long.toString(System.currentTimeMillis() + 600_000));
        try {
            await().atMost(LONGEST).until(() -> outcome(read()) == FailureReason.RATE_LIMITED);
            repeat(WINDOW, read());

            assertThat(breakers.currentState(ClientBreakers.SERVICENOW_READ)).isEqualTo(CircuitBreakerState.CLOSED);
        } finally {
            redis.call("HDEL", BUDGET, "paused");
        }
        await().atMost(LONGEST).until(() -> outcome(read()) == null);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 429})
    void shouldNeverCountBusinessErrors(int status) {
        outcome(read());
        vendors.fail("servicenow", "{\"failureRate\":1.0,\"failureStatus\":" + status + "}");

        for (Uni<?> call : List.of(read(), write())) {
            for (int i = 0; i < WINDOW + 5; i++) {
                assertThat(outcome(call)).isEqualTo(Failures.reasonOf(status));
            }
        }

        assertThat(states()).containsOnly("closed");
    }

    @Test
    void shouldKeepOneBreakerPerKindOfCall() {
        vendors.fail("servicenow", ILL);
        vendors.fail("genesys", ILL);
        Map<String, Uni<?>> calls = Map.of(
                ClientBreakers.SERVICENOW_READ, read(),
                ClientBreakers.SERVICENOW_WRITE, write(),
                ClientBreakers.GENESYS_READ, genesys.conversation("c"),
                ClientBreakers.GENESYS_ATTRIBUTES,
                        genesys.setParticipantAttributes(
                                "c", "p", Map.of("a", "b"), BudgetRequest.within(Lane.TICKET, LONGEST)),
                ClientBreakers.GENESYS_PRIORITY, genesys.setPriority("c", 1));
        assertThat(calls).containsOnlyKeys(ClientBreakers.NAMES);

        calls.forEach((name, call) -> {
            assertThat(breakers.currentState(name)).as(name).isEqualTo(CircuitBreakerState.CLOSED);
            repeat(WINDOW, call);
            assertThat(breakers.currentState(name)).as(name).isEqualTo(CircuitBreakerState.OPEN);
        });
    }

    @Test
    void shouldShowTheStatesAsMetricAndInReadiness() {
        assertThat(states()).containsOnly("closed");

        open();

        given().get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("status", equalTo("UP"))
                .body(data(ClientBreakers.SERVICENOW_READ), equalTo("open"))
                .body(data(ClientBreakers.SERVICENOW_WRITE), equalTo("closed"))
                .body(data(ClientBreakers.GENESYS_READ), equalTo("closed"));
        assertThat(given().header("X-API-Key", "sandbox-operator")
                        .get("/q/metrics")
                        .asString())
                .contains(
                        "bridge_client_breaker{call=\"read\",state=\"open\",upstream=\"servicenow\"} 1.0",
                        "bridge_client_breaker{call=\"read\",state=\"closed\",upstream=\"servicenow\"} 0.0",
                        "bridge_client_breaker{call=\"read\",state=\"half_open\",upstream=\"servicenow\"} 0.0",
                        "bridge_client_breaker{call=\"priority\",state=\"closed\",upstream=\"genesys\"} 1.0");
    }

    private static List<String> states() {
        return given()
                .get("/q/health/ready")
                .then()
                .extract()
                .jsonPath()
                .<Map<String, String>>get(checks() + ".data")
                .values()
                .stream()
                .toList();
    }

    private static String data(String name) {
        return checks() + ".data.'" + name + "'";
    }

    private static String checks() {
        return "checks.find { it.name == 'vendors' }";
    }

    private static String lookup(String employeeId) {
        return given().header("X-API-Key", "sandbox-data-action")
                .contentType("application/json")
                .body("{\"employeeId\":\"" + employeeId + "\"}")
                .post("/v1/callers/lookup")
                .then()
                .statusCode(200)
                .extract()
                .path("status");
    }

    /** ServiceNow fails until reads are no longer sent. */
    private void open() {
        vendors.fail("servicenow", ILL);
        repeat(WINDOW / 2, read());
        assertThat(breakers.currentState(ClientBreakers.SERVICENOW_READ)).isEqualTo(CircuitBreakerState.OPEN);
    }

    private Uni<?> read() {
        return Uni.createFrom().deferred(() -> serviceNow.usersByEmployeeId("E100001"));
    }

    private Uni<?> write() {
        return Uni.createFrom().deferred(() -> serviceNow.setPhone("0".repeat(32), "mobile_phone", "+14155550799"));
    }

    private static void repeat(int times, Uni<?> call) {
        IntStream.range(0, times).forEach(i -> outcome(call));
    }

    /** @return why the call failed, null when it did not */
    private static FailureReason outcome(Uni<?> call) {
        return call.map(done -> (FailureReason) null)
                .onFailure(ConnectorException.class)
                .recoverWithItem(failure -> ((ConnectorException) failure).reason())
                .await()
                .atMost(LONGEST);
    }
}
