package io.incidentbridge.emergency;

import static io.incidentbridge.emergency.EmergencyRequests.PATIENCE;
import static io.incidentbridge.emergency.EmergencyRequests.awaitGenesys;
import static io.incidentbridge.emergency.EmergencyRequests.genesys;
import static io.incidentbridge.emergency.EmergencyRequests.newId;
import static io.incidentbridge.emergency.EmergencyRequests.operator;
import static io.incidentbridge.emergency.EmergencyRequests.startAfresh;
import static io.incidentbridge.emergency.EmergencyRequests.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import io.incidentbridge.itsm.IncidentEvent;
import io.incidentbridge.itsm.IncidentEvent.Kind;
import io.incidentbridge.redis.RedisProcess;
import io.incidentbridge.testing.SandboxResource;
import io.incidentbridge.testing.Vendors;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What sources tell of their incidents, by the rules of the sandbox. */
@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class IncidentEmergenciesTest {

    /** Before what an operator says during a test. */
    private static final Instant START = Instant.now().minus(Duration.ofHours(1));

    @Inject
    IncidentEmergencies emergencies;

    @Inject
    EmergencyStore store;

    Vendors vendors;
    RedisProcess redis;

    @BeforeEach
    @AfterEach
    void afresh() {
        startAfresh(vendors, redis);
    }

    @Test
    void shouldFollowAnIncidentFromDeclarationToEnd() {
        String key = newId();
        tell(key, Kind.OPENED, 0, "P1");
        awaitGenesys(vendors, "ACTIVE");
        assertThat(genesys(vendors).getString("reason")).startsWith(key + ": mail is down");

        tell(key, Kind.PRIORITY_CHANGED, 10, "P3");
        awaitGenesys(vendors, "INACTIVE");
        tell(key, Kind.PRIORITY_CHANGED, 20, "P1");
        awaitGenesys(vendors, "ACTIVE");

        tell(key, Kind.RESOLVED, 30, "P1");
        awaitGenesys(vendors, "INACTIVE");
        tell(key, Kind.REOPENED, 40, "P1");
        awaitGenesys(vendors, "ACTIVE");
    }

    @Test
    void shouldEndAndDeclareAgainWhatIsReopenedAsNoEmergency() {
        String key = newId();
        tell(key, Kind.RESOLVED, 0, "P3");
        tell(key, Kind.REOPENED, 10, "P3");
        status(key).body("claim", is("RESOLVED"));
        tell(key, Kind.PRIORITY_CHANGED, 20, "P1");
        awaitGenesys(vendors, "ACTIVE");

        tell(key, Kind.REOPENED, 30, "P3");
        awaitGenesys(vendors, "INACTIVE");
    }

    @Test
    void shouldKeepTheEndByAnOperatorUntilTheIncidentIsOverAndOpenAgainAtItsSource() {
        String key = newId();
        tell(key, Kind.OPENED, 0, "P1");
        awaitGenesys(vendors, "ACTIVE");
        operator("POST", "emergencies/" + key + "/resolve", new JsonObject().put("reason", "false alarm"));
        awaitGenesys(vendors, "INACTIVE");

        tell(key, Kind.STATUS_CHANGED, 7200, "P1");
        status(key).body("claim", is("OVERRIDDEN"));
        tell(key, Kind.RESOLVED, 7210, "P1");
        tell(key, Kind.STATUS_CHANGED, 7220, "P1");
        awaitGenesys(vendors, "ACTIVE");

        tell(key, Kind.STATUS_CHANGED, 7230, "P3");
        awaitGenesys(vendors, "INACTIVE");
    }

    @Test
    void shouldKeepTheBeginningOfALongTitle() {
        String key = newId();
        tell(key, Kind.OPENED, 0, "P1", "\uD83D\uDE80".repeat(5000));
        awaitGenesys(vendors, "ACTIVE");

        assertThat(genesys(vendors).getString("reason")).isEqualTo(key + ": " + "\uD83D\uDE80".repeat(100));
    }

    @Test
    void shouldStayQuietWhenTheDeclarationComesAfterTheEnd() {
        String key = newId();
        tell(key, Kind.RESOLVED, 30, "P1");
        tell(key, Kind.OPENED, 0, "P1");
        tell(key, Kind.UPDATED, 40, "P1");

        status(key).body("claim", is("RESOLVED")).body("status", is("INACTIVE"));
    }

    @Test
    void shouldIgnoreWhatNoRuleCallsAnEmergency() {
        String key = newId();
        tell(key, Kind.OPENED, 0, "P3");

        status(key).statusCode(404);
    }

    /** As when a parked webhook is replayed weeks later: whether the incident has ended since is not known any more. */
    @Test
    void shouldDeclareNothingByAnEventThatIsOlderThanWhatIsRemembered() {
        String key = newId();
        tell(key, Kind.OPENED, (int) -Duration.ofDays(8).toSeconds(), "P1");

        status(key).statusCode(404);
    }

    @Test
    void shouldEndAClaimWhoseGroupIsNotConfiguredAnyMore() {
        String key = newId();
        ClaimEvent activation = new ClaimEvent(
                ClaimEvent.Kind.ACTIVATE,
                key,
                "removed",
                "pagerduty",
                "MAJOR",
                3,
                List.of("queue-12345"),
                "",
                START,
                Duration.ofHours(1),
                "test");
        store.record(activation).await().atMost(PATIENCE);

        tell(key, Kind.RESOLVED, 10, "P1");

        assertThat(store.claim(key).await().atMost(PATIENCE).state()).isEqualTo(ClaimState.RESOLVED);
        status(key).statusCode(400).body("errors[0].field", is("group"));
    }

    private void tell(String key, Kind kind, int second, String priority) {
        tell(key, kind, second, priority, "mail is down");
    }

    private void tell(String key, Kind kind, int second, String priority, String title) {
        emergencies
                .on(new IncidentEvent(
                        "pagerduty",
                        key,
                        kind,
                        START.plusSeconds(second),
                        title,
                        priority,
                        "mail",
                        List.of(),
                        key + kind + second))
                .await()
                .atMost(PATIENCE);
    }
}
