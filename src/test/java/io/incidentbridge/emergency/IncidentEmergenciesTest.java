package io.incidentbridge.emergency;

import static io.incidentbridge.emergency.EmergencyRequests.PATIENCE;
import static io.incidentbridge.emergency.EmergencyRequests.awaitGenesys;
import static io.incidentbridge.emergency.EmergencyRequests.genesys;
import static io.incidentbridge.emergency.EmergencyRequests.newId;
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
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What sources tell of their incidents, by the rules of the sandbox. */
@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class IncidentEmergenciesTest {

    private static final Instant START = Instant.parse("2026-01-31T09:00:00Z");

    @Inject
    IncidentEmergencies emergencies;

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
