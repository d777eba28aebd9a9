package io.incidentbridge.pagerduty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.incidentbridge.itsm.ConnectorException;
import io.incidentbridge.itsm.FailureReason;
import io.incidentbridge.itsm.IncidentSource;
import io.incidentbridge.itsm.IncidentSource.Status;
import io.incidentbridge.testing.SandboxResource;
import io.incidentbridge.testing.Vendors;
import io.quarkus.arc.All;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every source says of its incidents what is so, and never takes silence for an answer. */
@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class SourceReadsTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @Inject
    @All
    List<IncidentSource> sources;

    Vendors vendors;

    @BeforeEach
    void healthyVendors() {
        vendors.reset();
        vendors.sendWebhooksTo("http://localhost:1");
    }

    @Test
    void shouldReadPagerDuty() {
        String id = new JsonObject(
                        vendors.send("POST", "/sandbox/pagerduty/control/incidents", "{\"priority\":\"P1\"}"))
                .getString("id");

        assertThat(status("pagerduty", id)).isEqualTo(Status.OPEN);
        vendors.send("PUT", "/sandbox/pagerduty/control/incidents/" + id, "{\"status\":\"acknowledged\"}");
        assertThat(status("pagerduty", id)).isEqualTo(Status.OPEN);
        vendors.send("PUT", "/sandbox/pagerduty/control/incidents/" + id, "{\"status\":\"resolved\"}");
        assertThat(status("pagerduty", id)).isEqualTo(Status.RESOLVED);
    }

    @Test
    void shouldReadJiraByCategory() {
        String key = new JsonObject(vendors.send("POST", "/sandbox/jira/control/issues", "{\"priority\":\"Highest\"}"))
                .getString("key");

        assertThat(status("jira", key)).isEqualTo(Status.OPEN);
        vendors.send("PUT", "/sandbox/jira/control/issues/" + key, "{\"statusCategory\":\"done\"}");
        assertThat(status("jira", key)).isEqualTo(Status.RESOLVED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sys_id", "number"})
    void shouldReadServiceNow(String field) {
        JsonObject incident = vendors.create("incident", new JsonObject().put("short_description", "Mail"));
        String sysId = incident.getString("sys_id");
        String key = incident.getString(field);

        assertThat(status("servicenow", key)).isEqualTo(Status.OPEN);
        vendors.send(
                "PATCH",
                "/sandbox/servicenow/api/now/table/incident/" + sysId,
                "{\"state\":\"6\",\"close_code\":\"Solution provided\",\"close_notes\":\"x\"}");
        assertThat(status("servicenow", key)).isEqualTo(Status.RESOLVED);
    }

    @Test
    void shouldReadServiceNowByANumberInSmallLetters() {
        JsonObject incident = vendors.create("incident", new JsonObject().put("short_description", "Mail"));

        assertThat(status("servicenow", incident.getString("number").toLowerCase(Locale.ROOT)))
                .isEqualTo(Status.OPEN);
    }

    @ParameterizedTest
    @CsvSource({
        "pagerduty,PNOBODY",
        "pagerduty,../users",
        "jira,OPS-99999",
        "jira,../../myself",
        "servicenow,00000000000000000000000000000000",
        "servicenow,INC9999999",
        "servicenow,^ORactive=true"
    })
    void shouldNotKnowWhatIsNotThere(String source, String key) {
        assertThat(status(source, key)).isEqualTo(Status.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "500,VENDOR_FAULT",
        "429,RATE_LIMITED",
        "403,FORBIDDEN",
        "401,UNAUTHENTICATED",
    })
    void shouldFailWhenTheSourceDoesNotAnswer(int status, FailureReason reason) {
        for (String source : List.of("pagerduty", "jira")) {
            vendors.fail(source, "{\"failureRate\":1.0,\"failureStatus\":" + status + "}");

            assertThatThrownBy(() -> status(source, source.equals("jira") ? "OPS-1" : "P1"))
                    .isInstanceOfSatisfying(ConnectorException.class, failure -> {
                        assertThat(failure.reason()).isEqualTo(reason);
                        assertThat(failure.vendor()).isEqualTo(source);
                    });
        }
    }

    @Test
    void shouldReadAgainAfterALostReply() {
        String id = new JsonObject(vendors.send("POST", "/sandbox/pagerduty/control/incidents", "{}")).getString("id");
        vendors.fail("pagerduty", "{\"lostReplyRate\":1.0}");

        assertThatThrownBy(() -> status("pagerduty", id)).isInstanceOf(ConnectorException.class);
        assertThat(vendors.arrived("pagerduty", "GET incident")).isEqualTo(2);
    }

    private Status status(String source, String key) {
        return sources.stream()
                .filter(one -> one.name().equals(source))
                .findFirst()
                .orElseThrow()
                .status(key)
                .await()
                .atMost(LONG);
    }
}
