package io.incidentbridge.emergency;

import static io.incidentbridge.emergency.ClaimEvent.Kind.ACTIVATE;
import static io.incidentbridge.emergency.ClaimEvent.Kind.RESOLVE;
import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.emergency.FakeTarget.Fault;
import io.incidentbridge.emergency.target.Routing;
import io.incidentbridge.itsm.ConnectorException;
import io.incidentbridge.itsm.FailureReason;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One pass at a time against a Genesys that can go wrong in every way; success is only what was read back. */
class EmergencyReconcilerRedisTest {

    private static final Routing ON = new Routing(true, List.of("q1", "q2"), 1);

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
        fresh(Map.of(), 1);
    }

    private void fresh(Map<String, String> properties, int targets) {
        fixture.fresh(properties, targets);
        genesys = fixture.target;
        fixture.pass();
        fixture.audit.forget();
    }

    private void activate() {
        fixture.tell(ACTIVATE, "INC1", 10, "q1", "q2");
        fixture.audit.forget();
    }

    @Test
    void shouldSwitchOnAndOffAndAuditBoth() {
        activate();
        assertThat(fixture.pass()).isEqualTo(Pass.DONE);

        assertThat(genesys.routing()).isEqualTo(ON);
        assertThat(genesys.lastReason()).startsWith("INC1: ");
        assertThat(fixture.audit.actions()).containsExactly("emergency.activated");
        assertThat(fixture.audit.entries().get(0).before()).containsEntry("state", "INACTIVE");
        assertThat(fixture.audit.entries().get(0).after())
                .containsEntry("state", "ACTIVE")
                .containsEntry("queueIds", "q1,q2")
                .hasEntrySatisfying("reason", reason -> assertThat(reason).startsWith("INC1: "));
        assertThat(fixture.snapshot().activeSince()).isNotNull();

        fixture.tell(RESOLVE, "INC1", 20);
        fixture.pass();

        assertThat(genesys.routing()).isEqualTo(Routing.INACTIVE);
        assertThat(genesys.lastReason()).startsWith("INC1: ");
        assertThat(fixture.audit.actions()).endsWith("emergency.ended");
        assertThat(fixture.snapshot().activeSince()).isNull();
    }

    @Test
    void shouldTellGenesysAnIncidentsTitleButNotTheTrail() {
        EmergencyFixture.await(fixture.claims.record(new ClaimEvent(
                ACTIVATE,
                "INC1",
                EmergencyFixture.GROUP,
                "pagerduty",
                "MAJOR",
                3,
                List.of("q1"),
                "Ann's mail is down",
                EmergencyFixture.START,
                Duration.ofHours(1),
                "source:pagerduty")));
        fixture.pass();
        genesys.setByHand(Routing.INACTIVE);
        genesys.fault(Fault.FORBIDDEN);
        fixture.forcedPass();

        assertThat(genesys.lastReason()).isEqualTo("INC1: Ann's mail is down");
        assertThat(fixture.audit.actions())
                .containsExactly("emergency.claim.open", "emergency.activated", "emergency.failed");
        assertThat(fixture.audit.entries())
                .allSatisfy(entry -> assertThat(entry.after().get("reason"))
                        .startsWith("INC1: ")
                        .doesNotContain("Ann"));
    }

    @Test
    void shouldStayOnUntilTheLastIncidentEnds() {
        activate();
        fixture.tell(ACTIVATE, "INC2", 11, "q3");
        fixture.pass();
        assertThat(genesys.routing().queueIds()).containsExactly("q1", "q2", "q3");

        fixture.tell(RESOLVE, "INC1", 20);
        fixture.pass();
        assertThat(genesys.routing().queueIds()).containsExactly("q3");
        assertThat(genesys.lastReason()).startsWith("INC2: ");

        fixture.tell(RESOLVE, "INC2", 21);
        fixture.pass();
        assertThat(genesys.routing()).isEqualTo(Routing.INACTIVE);
    }

    @Test
    void shouldNotWriteWhatIsThereAlready() {
        genesys.setByHand(ON);
        activate();
        fixture.pass();
        fixture.forcedPass();

        assertThat(genesys.sent()).isEmpty();
        assertThat(fixture.result()).isEqualTo(Result.IN_SYNC);
        assertThat(fixture.audit.actions()).containsExactly("emergency.activated");
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"FORBIDDEN", "REJECTED"})
    void shouldFailLoudlyAndWithoutSuccessWhenGenesysRefuses(Fault refusal) {
        genesys.fault(refusal);
        activate();
        fixture.pass();
        fixture.forcedPass();

        assertThat(fixture.result()).isEqualTo(Result.FAILED);
        assertThat(fixture.audit.actions()).containsExactly("emergency.failed");
        assertThat(fixture.audit.entries().get(0).after()).containsEntry("state", "INACTIVE");

        genesys.fault(Fault.NONE);
        fixture.forcedPass();
        assertThat(genesys.routing()).isEqualTo(ON);
        assertThat(fixture.audit.actions()).endsWith("emergency.activated");
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"CONFLICT", "FAULTY", "IGNORED", "UNREADABLE"})
    void shouldTryAgainWithoutSuccessWhenGenesysCannot(Fault passing) {
        genesys.fault(passing);
        activate();
        fixture.pass();

        assertThat(fixture.result()).isEqualTo(Result.APPLYING);
        assertThat(fixture.audit.actions()).isEmpty();
        Snapshot after = fixture.snapshot();
        assertThat(after.attempt()).isEqualTo(1);
        assertThat(after.due()).isBefore(after.now().plusSeconds(2));

        genesys.fault(Fault.NONE);
        Awaitility.await().until(() -> fixture.pass() == Pass.DONE);
        assertThat(genesys.routing()).isEqualTo(ON);
        assertThat(fixture.audit.actions()).containsExactly("emergency.activated");
    }

    @Test
    void shouldReadInsteadOfAssumingWhenTheReplyIsLost() {
        genesys.fault(Fault.REPLY_LOST);
        activate();
        fixture.pass();

        assertThat(genesys.sent()).hasSize(1);
        assertThat(fixture.result()).isEqualTo(Result.IN_SYNC);
        assertThat(fixture.audit.actions()).containsExactly("emergency.activated");
    }

    @Test
    void shouldWaitForAPendingChangeWithoutSendingAnother() {
        genesys.fault(Fault.PENDING);
        activate();
        fixture.pass();
        fixture.forcedPass();

        assertThat(genesys.sent()).hasSize(1);
        assertThat(fixture.result()).isEqualTo(Result.APPLYING);
        assertThat(fixture.audit.actions()).isEmpty();

        genesys.fault(Fault.NONE);
        fixture.forcedPass();
        assertThat(genesys.sent()).hasSize(1);
        assertThat(fixture.audit.actions()).containsExactly("emergency.activated");
    }

    @Test
    void shouldNotWriteWithATokenThatIsRefused() {
        fixture.token(Uni.createFrom()
                .failure(ConnectorException.of("genesys-emergency", FailureReason.UNAUTHENTICATED, "401", null)));
        activate();
        fixture.pass();

        assertThat(genesys.sent()).isEmpty();
        assertThat(fixture.result()).isEqualTo(Result.FAILED);
        assertThat(fixture.audit.actions()).containsExactly("emergency.failed");
    }

    @Test
    void shouldRepairWhatAnotherAdministratorChanges() {
        activate();
        fixture.pass();
        fixture.audit.forget();

        genesys.setByHand(Routing.INACTIVE);
        fixture.forcedPass();

        assertThat(genesys.routing()).isEqualTo(ON);
        assertThat(fixture.result()).isEqualTo(Result.REPAIRED);
        assertThat(fixture.audit.actions()).containsExactly("emergency.repaired");
        assertThat(fixture.audit.entries().get(0).actor()).isEqualTo("bridge");
    }

    @Test
    void shouldEndAnEmergencyThatNoIncidentHolds() {
        genesys.setByHand(ON);
        fixture.forcedPass();

        assertThat(genesys.routing()).isEqualTo(Routing.INACTIVE);
        assertThat(fixture.audit.actions()).containsExactly("emergency.repaired");
    }

    @Test
    void shouldLeaveWhatAnotherAdministratorChangesWhenConfiguredSo() {
        fresh(Map.of("bridge.emergency.groups.default.drift", "REPORT"), 1);
        activate();
        fixture.pass();
        fixture.audit.forget();

        genesys.setByHand(Routing.INACTIVE);
        fixture.forcedPass();
        fixture.forcedPass();
        assertThat(genesys.routing()).isEqualTo(Routing.INACTIVE);
        assertThat(fixture.result()).isEqualTo(Result.DRIFTED);
        assertThat(fixture.audit.actions()).containsExactly("emergency.drifted");

        fixture.tell(ACTIVATE, "INC2", 30, "q7");
        fixture.pass();
        assertThat(genesys.routing().queueIds()).containsExactly("q1", "q2", "q7");
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"PENDING", "UNREADABLE"})
    void shouldSetItsOwnLateChangeRightAlsoWhenOthersAreLeft(Fault late) {
        fresh(Map.of("bridge.emergency.groups.default.drift", "REPORT"), 1);
        genesys.beforeApply(() -> genesys.fault(late));
        activate();
        fixture.pass();
        fixture.tell(RESOLVE, "INC1", 20);
        genesys.fault(Fault.NONE);
        assertThat(genesys.routing()).isEqualTo(ON);

        fixture.forcedPass();
        assertThat(genesys.routing()).isEqualTo(Routing.INACTIVE);
        assertThat(fixture.audit.actions()).endsWith("emergency.repaired");
        assertThat(fixture.snapshot().sent()).isEmpty();
    }

    @Test
    void shouldSetRightWhatAFrozenPassWroteAlsoWhenOthersChangesAreLeft() {
        fresh(Map.of("bridge.emergency.groups.default.drift", "REPORT"), 1);
        activate();
        genesys.beforeApply(() -> {
            fixture.freeLease();
            fixture.tell(RESOLVE, "INC1", 20);
            fixture.pass();
            fixture.loseLease();
        });
        assertThat(fixture.pass()).isEqualTo(Pass.LOST);
        assertThat(genesys.routing()).isEqualTo(ON);

        fixture.freeLease();
        fixture.forcedPass();
        assertThat(genesys.routing()).isEqualTo(Routing.INACTIVE);

        genesys.setByHand(ON);
        fixture.forcedPass();
        assertThat(fixture.result()).isEqualTo(Result.DRIFTED);
    }

    @Test
    void shouldKeepInMindWhatAnotherReplicaSendsMeanwhile() {
        fresh(Map.of("bridge.emergency.groups.default.drift", "REPORT"), 1);
        activate();
        genesys.beforeApply(
                () -> EmergencyFixture.await(fixture.store.sending(EmergencyFixture.GROUP, "first", "another:late")));
        fixture.pass();
        assertThat(fixture.result()).isEqualTo(Result.IN_SYNC);

        genesys.setByHand(Routing.INACTIVE);
        fixture.forcedPass();
        assertThat(genesys.routing()).isEqualTo(ON);
    }

    @Test
    void shouldSwitchOneTargetWhenTheOtherFails() {
        fresh(Map.of(), 2);
        fixture.second.fault(Fault.FAULTY);
        activate();
        fixture.pass();

        assertThat(genesys.routing()).isEqualTo(ON);
        assertThat(fixture.snapshot().known("first").result()).isEqualTo(Result.IN_SYNC);
        assertThat(fixture.snapshot().known("second").result()).isEqualTo(Result.APPLYING);
        assertThat(fixture.audit.entries()).singleElement().satisfies(entry -> assertThat(entry.record())
                .endsWith("/first"));

        fixture.second.fault(Fault.NONE);
        fixture.forcedPass();
        assertThat(fixture.second.routing()).isEqualTo(ON);
        assertThat(genesys.sent()).hasSize(1);
    }

    @Test
    void shouldExpireAClaimWithoutAnybodyTelling() {
        fixture.tell(ACTIVATE, "INC1", 10, Duration.ofMillis(1500), "q1");
        fixture.pass();
        assertThat(genesys.routing().active()).isTrue();

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> fixture.pass() == Pass.DONE && !genesys.routing().active());
        assertThat(fixture.audit.actions()).contains("emergency.claim.expired").endsWith("emergency.ended");
    }

    @Test
    void shouldEndAnOverrideWhoseTimeIsOverOnce() {
        Instant over = Instant.now().minusSeconds(60);
        Forced forced = new Forced(Forced.Mode.INACTIVE, List.of(), "drill", "ann", over.minusSeconds(60), over);
        EmergencyFixture.await(fixture.store.force(EmergencyFixture.GROUP, forced, "ann"));

        fixture.pass();
        fixture.forcedPass();
        assertThat(fixture.snapshot().forced()).isEmpty();
        assertThat(fixture.audit.actions()).containsExactly("emergency.override.ended");
    }

    @Test
    void shouldTellSomebodyOnceWhenItTakesTooLong() {
        fresh(Map.of("bridge.emergency.alert-after", "1ms"), 1);
        genesys.fault(Fault.FAULTY);
        activate();
        Awaitility.await().until(() -> {
            fixture.forcedPass();
            return fixture.audit.actions().contains("emergency.late");
        });
        fixture.forcedPass();

        assertThat(fixture.audit.actions()).containsExactly("emergency.late");
    }

    @Test
    void shouldWaitLongerAfterEachPassThatDidNotGetThere() {
        genesys.fault(Fault.FAULTY);
        activate();

        for (int seconds : new int[] {1, 2, 4, 8, 8}) {
            fixture.forcedPass();
            Snapshot after = fixture.snapshot();
            assertThat(Duration.between(after.now(), after.due()))
                    .isLessThanOrEqualTo(Duration.ofSeconds(seconds))
                    .isGreaterThan(Duration.ofMillis(seconds * 1000 / 2 - 500));
        }
    }

    @Test
    void shouldLeaveTheWritingToTheHolderOfTheLease() {
        activate();
        fixture.loseLease();

        assertThat(fixture.pass()).isEqualTo(Pass.BUSY);
        assertThat(genesys.sent()).isEmpty();
    }

    @Test
    void shouldReportNoSuccessWhenTheLeaseWasLostWhileWriting() {
        activate();
        genesys.beforeApply(fixture::loseLease);

        assertThat(fixture.pass()).isEqualTo(Pass.LOST);
        assertThat(fixture.audit.actions()).containsExactly("emergency.stale-write");
        assertThat(fixture.snapshot().reported()).isZero();
    }

    @Test
    void shouldSendNothingWhenTheLeaseWasLostBefore() {
        activate();
        fixture.token(Uni.createFrom()
                .voidItem()
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .invoke(fixture::loseLease));

        assertThat(fixture.pass()).isEqualTo(Pass.LOST);
        assertThat(genesys.sent()).isEmpty();
        assertThat(fixture.audit.actions()).isEmpty();
    }

    @Test
    void shouldRepairAStaleWriteByTheNextPass() {
        activate();
        // Frozen after the check of the lease; meanwhile another replica ends the emergency.
        genesys.beforeApply(() -> {
            fixture.freeLease();
            fixture.tell(RESOLVE, "INC1", 20);
            fixture.pass();
            fixture.loseLease();
        });
        assertThat(fixture.pass()).isEqualTo(Pass.LOST);
        assertThat(genesys.routing()).isEqualTo(ON);
        assertThat(fixture.audit.actions()).contains("emergency.stale-write").doesNotContain("emergency.activated");

        fixture.freeLease();
        fixture.forcedPass();
        assertThat(genesys.routing()).isEqualTo(Routing.INACTIVE);
        assertThat(fixture.audit.actions()).endsWith("emergency.repaired");
    }

    @Test
    void shouldAuditWithTheNextPassWhatTheTrailCouldNotTake() {
        activate();
        fixture.audit.away(true);
        fixture.pass();
        assertThat(fixture.snapshot().unaudited()).hasSize(1);

        fixture.audit.away(false);
        fixture.forcedPass();
        assertThat(fixture.audit.actions()).containsExactly("emergency.activated");
        assertThat(fixture.snapshot().unaudited()).isEmpty();
    }

    @Test
    void shouldAskForAnotherPassWhenSomethingChangedMeanwhile() {
        activate();
        genesys.beforeApply(() -> fixture.tell(ACTIVATE, "INC2", 11, "q5"));

        assertThat(fixture.pass()).isEqualTo(Pass.AGAIN);
        assertThat(fixture.pass()).isEqualTo(Pass.DONE);
        assertThat(genesys.routing().queueIds()).containsExactly("q1", "q2", "q5");
        assertThat(fixture.pass()).isEqualTo(Pass.NOT_DUE);
    }
}
