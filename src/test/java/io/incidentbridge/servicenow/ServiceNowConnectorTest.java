package io.incidentbridge.servicenow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.incidentbridge.itsm.ConnectorException;
import io.incidentbridge.itsm.FailureReason;
import io.incidentbridge.itsm.OpenIncident;
import io.incidentbridge.itsm.ServiceDeskUser;
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
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ServiceNow as the reference says it behaves, in sickness and in health. */
@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class ServiceNowConnectorTest {

    private static final Duration LONGEST = Duration.ofSeconds(20);

    @Inject
    ServiceNowConnector connector;

    @Inject
    ServiceNowTables tables;

    Vendors vendors;

    @BeforeEach
    void healthyVendors() {
        vendors.reset();
    }

    @ParameterizedTest
    @CsvSource({
        "400, REJECTED",
        "401, UNAUTHENTICATED",
        "403, FORBIDDEN",
        "404, NOT_FOUND",
        "405, REJECTED",
        "406, REJECTED",
        "415, REJECTED",
        "429, RATE_LIMITED",
        "500, VENDOR_FAULT",
        "502, UNKNOWN_OUTCOME",
        "503, VENDOR_FAULT"
    })
    void shouldReduceEveryStatusToOneReason(int status, FailureReason expected) {
        vendors.fail("servicenow", "{\"failureRate\":1.0,\"failureStatus\":" + status + "}");

        assertThat(failureOf(connector.usersByEmployeeId("E100001")).reason()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"hangRate, UNKNOWN_OUTCOME", "lostReplyRate, UNKNOWN_OUTCOME", "htmlRate, VENDOR_FAULT"})
    void shouldReduceEveryFaultToOneReason(String fault, FailureReason expected) {
        vendors.fail("servicenow", "{\"" + fault + "\":1.0}");

        assertThat(failureOf(connector.usersByEmployeeId("E100001")).reason()).isEqualTo(expected);
    }

    @Test
    void shouldCountATruncatedAnswerAsTheVendorsFault() {
        vendors.fail("servicenow", "{\"truncateRate\":1.0}");

        assertThat(failureOf(connector.usersByEmployeeId("E100001"))).isInstanceOf(ConnectorException.Ailing.class);
    }

    /** One a second, so that the hourly limit it tells of does not hold the other tests up. */
    @Test
    void shouldTellHowLongToWaitAfterA429() {
        vendors.fail("servicenow", "{\"rateLimit\":1,\"rateLimitWindowSeconds\":1}");

        ConnectorException refused = await().until(
                        () -> {
                            spend();
                            return failureOf(connector.usersByEmployeeId("E100002"));
                        },
                        Objects::nonNull);

        assertThat(refused.reason()).isEqualTo(FailureReason.RATE_LIMITED);
        assertThat(refused.retryAfter()).contains(Duration.ofSeconds(1));
    }

    @Test
    void shouldUnderstandA429WithoutHeaders() {
        vendors.fail("servicenow", "{\"rateLimit\":1,\"rateLimitHeaders\":false}");
        spend();

        ConnectorException refused = failureOf(connector.usersByEmployeeId("E100002"));

        assertThat(refused.reason()).isEqualTo(FailureReason.RATE_LIMITED);
        assertThat(refused.retryAfter()).isEmpty();
    }

    @Test
    void shouldRepeatAReadOnceAndAWriteNever() {
        vendors.fail("servicenow", "{\"failureRate\":1.0,\"failureStatus\":503}");

        failureOf(connector.usersByEmployeeId("E100001"));
        failureOf(connector.setPhone("0".repeat(32), "mobile_phone", "+14155550799"));

        assertThat(vendors.arrived("servicenow", "GET sys_user")).isEqualTo(2);
        assertThat(vendors.arrived("servicenow", "PATCH sys_user")).isEqualTo(1);
    }

    @Test
    void shouldLogInOnceMoreWhenTheTokenIsRefused() {
        users("E100001");
        vendors.fail("servicenow", "{\"revokeTokens\":true}");

        assertThat(users("E100001")).hasSize(1);
    }

    @Test
    void shouldLeaveOutRowsThatWereNotAskedFor() {
        vendors.create("incident", new JsonObject().put("short_description", "of nobody"));

        List<OpenIncident> incidents =
                connector.openIncidents("f".repeat(32), 3).await().atMost(LONGEST);

        assertThat(incidents).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"E1^NQactive=true", "javascript:gs.getUserID()", "a,b", "a@b", "x\ny", ""})
    void shouldLetNoInjectionReachAQuery(String value) {
        assertThat(connector.usersByEmployeeId(value).await().atMost(LONGEST)).isEmpty();
        assertThat(connector.usersBySysId(value).await().atMost(LONGEST)).isEmpty();

        assertThat(vendors.arrived("servicenow", "GET sys_user")).isZero();
        assertThatThrownBy(() -> tables.list(
                        BudgetRequest.within(Lane.LOOKUP, Duration.ZERO),
                        "incident",
                        EncodedQuery.all().is("number", value),
                        List.of("number"),
                        1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldFindTheRightOneAmongAHundredThousandUsersByOneQuery() {
        vendors.send("POST", "/sandbox/servicenow/sandbox-seed?users=100000", null);
        List<String> numbers = IntStream.of(0, 1, 2, 3, 4, 5, 777, 31_415, 65_535, 99_999)
                .mapToObj(index ->
                        vendors.records("sys_user", "user_name=user" + index).getJsonObject(0))
                .map(user -> user.getString("phone") + user.getString("mobile_phone"))
                .toList();
        vendors.forgetTraffic();

        for (String written : numbers) {
            String digits = written.replaceAll("\\s*(x|ext\\.?|;ext=).*", "").replaceAll("\\D", "");
            String e164 = "+1" + digits.substring(digits.length() - 10);
            List<ServiceDeskUser> found = connector
                    .usersByPhone(e164, text -> text.equals(written))
                    .await()
                    .atMost(LONGEST);
            assertThat(found).as(written).hasSize(1);
        }

        assertThat(vendors.arrived("servicenow", "GET sys_user")).isEqualTo(numbers.size());
    }

    @Test
    void shouldReachRecordsByTheirLinks() {
        OpenIncident incident = connector
                .openIncidents(users("E100001").get(0).sysId(), 1)
                .await()
                .atMost(LONGEST)
                .get(0);

        String page =
                vendors.send("GET", incident.url().substring(incident.url().indexOf("/sandbox")), null);

        assertThat(page).contains(incident.number());
    }

    /** The one request of the window, unless an earlier test has had it. */
    private void spend() {
        connector
                .usersByEmployeeId("E100001")
                .onFailure()
                .recoverWithNull()
                .await()
                .atMost(LONGEST);
    }

    private List<ServiceDeskUser> users(String employeeId) {
        return connector.usersByEmployeeId(employeeId).await().atMost(LONGEST);
    }

    private static ConnectorException failureOf(Uni<?> call) {
        return call.map(done -> (ConnectorException) null)
                .onFailure(ConnectorException.class)
                .recoverWithItem(failure -> (ConnectorException) failure)
                .await()
                .atMost(LONGEST);
    }
}
