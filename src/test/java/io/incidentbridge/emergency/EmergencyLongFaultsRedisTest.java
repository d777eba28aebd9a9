package io.incidentbridge.emergency;

import static io.incidentbridge.emergency.ClaimEvent.Kind.ACTIVATE;
import static io.incidentbridge.emergency.ClaimEvent.Kind.RESOLVE;
import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.emergency.FakeTarget.Fault;
import io.incidentbridge.emergency.target.Routing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Faults that last for minutes, on a clock that jumps from pass to pass: in the end Genesys is as desired, meanwhile
 * somebody is told once, and the trail never says that it is done before it is.
 */
class EmergencyLongFaultsRedisTest {

    private static final Routing ON = new Routing(true, List.of("q1"), 1);
    private static final String ACTIVATED = "emergency.activated";
    private static final String LATE = "emergency.late";

    private static EmergencyFixture fixture;
    private FakeTarget genesys;

    @BeforeAll
    static void start() {
        fixture = new EmergencyFixture();
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @BeforeEach
    void quiet() {
        fixture.fresh(Map.of(), 1);
        genesys = fixture.target;
        fixture.pass();
        fixture.audit.forget();
    }

    @Test
    void shouldWaitForAChangeThatIsPendingForNinetySeconds() {
        activateDuring(Fault.PENDING, Duration.ofSeconds(90));

        assertThat(genesys.sent()).hasSize(1);
        assertThat(fixture.result()).isEqualTo(Result.APPLYING);
        assertThat(fixture.audit.actions()).containsExactly(LATE);
        assertThat(fixture.snapshot().late()).isGreaterThanOrEqualTo(Duration.ofSeconds(85));

        healAndLive();
        assertThat(genesys.sent()).hasSize(1);
        assertThat(fixture.audit.actions()).containsExactly(LATE, ACTIVATED);
    }

    @Test
    void shouldEndAnEmergencyThatWasResolvedWhileItsActivationWasPending() {
        activateDuring(Fault.PENDING, Duration.ofSeconds(45));
        fixture.tell(RESOLVE, "INC1", 20);
        fixture.live(Duration.ofSeconds(45));
        assertThat(genesys.sent()).hasSize(1);

        genesys.fault(Fault.NONE);
        fixture.live(Duration.ofSeconds(30));

        assertThat(genesys.routing()).isEqualTo(Routing.INACTIVE);
        assertThat(fixture.result().settled()).isTrue();
        assertThat(fixture.audit.actions()).doesNotContain(ACTIVATED);
    }

    @Test
    void shouldGetThereAfterAMinuteOfErrorsWithFewAttempts() {
        activateDuring(Fault.FAULTY, Duration.ofSeconds(60));

        // At once, after 1, 2 and 4 s, at 10 s, and every 8 s.
        assertThat(genesys.sent()).hasSizeBetween(8, 14);
        assertThat(fixture.audit.actions()).containsExactly(LATE);

        healAndLive();
        assertThat(fixture.audit.actions()).containsExactly(LATE, ACTIVATED);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"NONE", "REPLY_LOST"},
            mode = EnumSource.Mode.EXCLUDE)
    void shouldTellOnceAndGetThereAfterTwoMinutesOf(Fault fault) {
        activateDuring(fault, Duration.ofMinutes(2));

        assertThat(fixture.result().settled()).isFalse();
        assertThat(fixture.audit.actions()).containsOnlyOnce(LATE).doesNotContain(ACTIVATED);

        healAndLive();
        assertThat(fixture.audit.actions()).containsOnlyOnce(LATE, ACTIVATED).endsWith(ACTIVATED);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"UNAUTHENTICATED", "FORBIDDEN", "REJECTED"})
    void shouldSayOnceThatGenesysRefusesForMinutes(Fault refusal) {
        activateDuring(refusal, Duration.ofMinutes(2));

        assertThat(fixture.result()).isEqualTo(Result.FAILED);
        assertThat(fixture.audit.actions()).containsExactlyInAnyOrder("emergency.failed", LATE);
    }

    @Test
    void shouldNeedNoReplyForMinutes() {
        activateDuring(Fault.REPLY_LOST, Duration.ofMinutes(2));

        assertThat(genesys.sent()).hasSize(1);
        assertThat(genesys.routing()).isEqualTo(ON);
        assertThat(fixture.audit.actions()).containsExactly(ACTIVATED);
    }

    @Test
    void shouldSetBackEachTimeAnotherAdministratorChangesIt() {
        activateDuring(Fault.NONE, Duration.ofSeconds(30));
        fixture.audit.forget();

        for (int time = 0; time < 5; time++) {
            genesys.setByHand(time % 2 == 0 ? Routing.INACTIVE : new Routing(true, List.of("hand"), 1));
            fixture.live(Duration.ofSeconds(31));
            assertThat(genesys.routing()).isEqualTo(ON);
        }

        assertThat(fixture.audit.actions()).hasSize(5).containsOnly("emergency.repaired");
    }

    @Test
    void shouldRevertWithinThirtySecondsOfTheTtlWhenNobodyResolves() {
        activateDuring(Fault.NONE, Duration.ofMinutes(59));
        assertThat(genesys.routing()).isEqualTo(ON);

        fixture.live(Duration.ofSeconds(90));

        assertThat(genesys.routing()).isEqualTo(Routing.INACTIVE);
        assertThat(fixture.audit.actions()).containsExactly(ACTIVATED, "emergency.claim.expired", "emergency.ended");
    }

    @Test
    void shouldRevertAfterTheTtlAlthoughGenesysFailsJustThen() {
        activateDuring(Fault.NONE, Duration.ofMinutes(59));
        genesys.fault(Fault.FAULTY);
        fixture.live(Duration.ofMinutes(3));
        assertThat(fixture.audit.actions()).doesNotContain("emergency.ended").contains(LATE);

        genesys.fault(Fault.NONE);
        fixture.live(Duration.ofSeconds(10));

        assertThat(genesys.routing()).isEqualTo(Routing.INACTIVE);
        assertThat(fixture.audit.actions()).endsWith("emergency.ended");
    }

    /** The first pass is at once, by whoever took the event; its ttl is an hour. */
    private void activateDuring(Fault fault, Duration length) {
        genesys.fault(fault);
        fixture.tell(ACTIVATE, "INC1", 10, "q1");
        fixture.audit.forget();
        fixture.pass();
        fixture.live(length);
    }

    private void healAndLive() {
        genesys.fault(Fault.NONE);
        fixture.live(Duration.ofSeconds(10));
        assertThat(genesys.routing()).isEqualTo(ON);
        assertThat(fixture.result()).isEqualTo(Result.IN_SYNC);
    }
}
