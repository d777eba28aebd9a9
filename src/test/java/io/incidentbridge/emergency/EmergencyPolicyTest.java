package io.incidentbridge.emergency;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.incidentbridge.emergency.EmergencyConfig.Drift;
import io.incidentbridge.emergency.EmergencyPolicy.Step;
import io.incidentbridge.emergency.target.Observed;
import io.incidentbridge.emergency.target.Routing;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmergencyPolicyTest {

    private static final Instant NOW = Instant.parse("2030-01-31T09:00:00Z");
    private static final Routing ON = new Routing(true, List.of("q1"), 1);
    private static final Routing OTHER = new Routing(true, List.of("q2"), 1);

    /** Every state of a target, desired and known, by what is done about it. */
    @ParameterizedTest
    @CsvSource({
        // observed, desired, confirmed before, drift, step
        "ON,       ON,  NONE,  CORRECT, HOLD",
        "ON,       ON,  ON,    CORRECT, HOLD",
        "ON,       ON,  OFF,   CORRECT, HOLD",
        "ON,       OFF, NONE,  CORRECT, APPLY",
        "ON,       OFF, ON,    CORRECT, APPLY",
        "ON,       OFF, OFF,   CORRECT, REPAIR",
        "ON,       OFF, OFF,   REPORT,  LEAVE",
        "ON,       OFF, ON,    REPORT,  APPLY",
        "OFF,      OFF, NONE,  CORRECT, HOLD",
        "OFF,      OFF, OFF,   CORRECT, HOLD",
        "OFF,      ON,  NONE,  CORRECT, APPLY",
        "OFF,      ON,  OFF,   CORRECT, APPLY",
        "OFF,      ON,  ON,    CORRECT, REPAIR",
        "OFF,      ON,  ON,    REPORT,  LEAVE",
        "OTHER,    ON,  NONE,  CORRECT, APPLY",
        "OTHER,    ON,  OTHER, CORRECT, APPLY",
        "OTHER,    ON,  ON,    CORRECT, REPAIR",
        "OTHER,    ON,  ON,    REPORT,  LEAVE",
        "OTHER,    OFF, OFF,   REPORT,  LEAVE",
        "PENDING,  ON,  NONE,  CORRECT, AWAIT",
        "PENDING,  ON,  ON,    CORRECT, AWAIT",
        "PENDING,  OFF, ON,    REPORT,  AWAIT",
        "UNKNOWN,  ON,  ON,    CORRECT, AWAIT",
        "UNKNOWN,  OFF, OFF,   CORRECT, AWAIT",
        "ABSENT,   ON,  NONE,  CORRECT, APPLY",
        "ABSENT,   OFF, OFF,   REPORT,  APPLY",
    })
    void shouldDecideByStateAlone(String observed, String desired, String confirmed, Drift drift, Step step) {
        Known known = new Known(routing(confirmed), null, "", Result.IN_SYNC, "");

        assertThat(EmergencyPolicy.decide(routing(desired), observed(observed), known, false, drift))
                .isEqualTo(step);
    }

    @ParameterizedTest
    @CsvSource({
        "ON,      OFF, OFF, REPAIR",
        "OFF,     ON,  ON,  REPAIR",
        "ON,      OFF, ON,  APPLY",
        "OFF,     OFF, ON,  HOLD",
        "PENDING, OFF, OFF, AWAIT",
    })
    void shouldSetRightWhatMayBeItsOwnWorkAlsoWhenOthersIsLeft(
            String observed, String desired, String confirmed, Step step) {
        Known known = new Known(routing(confirmed), null, "", Result.APPLYING, "");

        assertThat(EmergencyPolicy.decide(routing(desired), observed(observed), known, true, Drift.REPORT))
                .isEqualTo(step);
    }

    @Test
    void shouldDesireNothingWhenNoIncidentIsOpen() {
        DesiredRouting desired = EmergencyPolicy.desired(snapshot(Optional.empty()), 1);

        assertThat(desired.routing()).isEqualTo(Routing.INACTIVE);
        assertThat(desired.reason()).startsWith("INC9: ");
        assertThat(desired.holders()).isEmpty();
        assertThat(desired.until()).isNull();
    }

    @Test
    void shouldPutTheMostSevereFirstAndOfEquallySevereOnesTheOlder() {
        DesiredRouting desired = EmergencyPolicy.desired(
                snapshot(
                        Optional.empty(),
                        claim("B", 2, 10, 60, "q2", "q1"),
                        claim("C", 1, 30, 90, "q3"),
                        claim("A", 2, 5, 30, "q1")),
                7);

        assertThat(desired.routing()).isEqualTo(new Routing(true, List.of("q3", "q1", "q2"), 7));
        assertThat(desired.holders()).containsExactly("C", "A", "B");
        assertThat(desired.reason()).startsWith("C: ");
        assertThat(desired.until()).isEqualTo(NOW.plusSeconds(30));
    }

    @Test
    void shouldKeepAnIncidentsWordsOutOfTheReason() {
        DesiredRouting desired =
                EmergencyPolicy.desired(snapshot(Optional.empty(), titled("A", "Ann's mail is down", "q1")), 1);

        assertThat(desired.reason()).isEqualTo("A: MAJOR");
        assertThat(desired.words()).isEqualTo("A: Ann's mail is down");
    }

    @Test
    void shouldNotCountAClaimWhoseTtlIsOver() {
        DesiredRouting desired = EmergencyPolicy.desired(snapshot(Optional.empty(), claim("A", 1, 0, 0, "q1")), 1);

        assertThat(desired.routing()).isEqualTo(Routing.INACTIVE);
    }

    @Test
    void shouldLetAnOverrideStandAboveIncidentsUntilItsEnd() {
        Forced off = new Forced(Forced.Mode.INACTIVE, List.of(), "test call", "ann", NOW, NOW.plusSeconds(60));
        Forced on = new Forced(Forced.Mode.ACTIVE, List.of("q9"), "drill", "ann", NOW, NOW.plusSeconds(60));
        Forced over = new Forced(Forced.Mode.INACTIVE, List.of(), "test call", "ann", NOW, NOW);

        Claim open = claim("A", 1, 0, 600, "q1");
        assertThat(EmergencyPolicy.desired(snapshot(Optional.of(off), open), 1).routing())
                .isEqualTo(Routing.INACTIVE);
        assertThat(EmergencyPolicy.desired(snapshot(Optional.of(on)), 1)
                        .routing()
                        .queueIds())
                .containsExactly("q9");
        assertThat(EmergencyPolicy.desired(snapshot(Optional.of(over), open), 1).reasonId())
                .isEqualTo("A");
    }

    private static Observed observed(String name) {
        return switch (name) {
            case "PENDING", "UNKNOWN", "ABSENT" ->
                new Observed(Observed.State.valueOf(name), Routing.INACTIVE, "", MissingNode.getInstance());
            default -> {
                Routing routing = routing(name);
                Observed.State state = routing.active() ? Observed.State.ACTIVE : Observed.State.INACTIVE;
                yield new Observed(state, routing, "", MissingNode.getInstance());
            }
        };
    }

    private static Routing routing(String name) {
        return switch (name) {
            case "ON" -> ON;
            case "OTHER" -> OTHER;
            case "OFF" -> Routing.INACTIVE;
            default -> null;
        };
    }

    private static Claim titled(String id, String title, String queue) {
        return claim(id, 1, 0, 60, title, List.of(queue));
    }

    private static Claim claim(String id, int severity, int sinceSeconds, int leftSeconds, String... queues) {
        return claim(id, severity, sinceSeconds, leftSeconds, "", Arrays.asList(queues));
    }

    private static Claim claim(
            String id, int severity, int sinceSeconds, int leftSeconds, String title, List<String> queues) {
        return new Claim(
                id,
                "default",
                "api",
                "MAJOR",
                severity,
                queues,
                title,
                ClaimState.OPEN,
                NOW.minus(Duration.ofHours(1)).plusSeconds(sinceSeconds),
                NOW.plusSeconds(leftSeconds),
                NOW,
                NOW,
                "tester",
                "ACTIVATE",
                1);
    }

    private static Snapshot snapshot(Optional<Forced> forced, Claim... claims) {
        return new Snapshot(
                NOW,
                List.of(claims),
                Map.of(),
                1,
                NOW,
                0,
                NOW,
                0,
                null,
                false,
                null,
                new Snapshot.Cause("INC9", "tester", "RESOLVE"),
                forced,
                Optional.empty(),
                Snapshot.Queues.NONE,
                List.of(),
                Map.of());
    }
}
