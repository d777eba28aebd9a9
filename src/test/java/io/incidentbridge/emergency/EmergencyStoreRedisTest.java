package io.incidentbridge.emergency;

import static io.incidentbridge.emergency.ClaimEvent.Kind.ACTIVATE;
import static io.incidentbridge.emergency.ClaimEvent.Kind.EXPIRE;
import static io.incidentbridge.emergency.ClaimEvent.Kind.EXTEND;
import static io.incidentbridge.emergency.ClaimEvent.Kind.MOVE;
import static io.incidentbridge.emergency.ClaimEvent.Kind.MOVE_WITHDRAWN;
import static io.incidentbridge.emergency.ClaimEvent.Kind.OVERRIDE;
import static io.incidentbridge.emergency.ClaimEvent.Kind.REOPEN;
import static io.incidentbridge.emergency.ClaimEvent.Kind.REOPEN_WITHDRAWN;
import static io.incidentbridge.emergency.ClaimEvent.Kind.RESOLVE;
import static io.incidentbridge.emergency.ClaimEvent.Kind.WITHDRAW;
import static io.incidentbridge.emergency.EmergencyFixture.GROUP;
import static io.incidentbridge.emergency.EmergencyFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.incidentbridge.emergency.EmergencyStore.ForceOutcome;
import io.incidentbridge.emergency.EmergencyStore.Recorded;
import io.incidentbridge.redis.RedisUnavailableException;
import io.vertx.mutiny.redis.client.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of claims, in whatever order their events come. */
class EmergencyStoreRedisTest {

    private static EmergencyFixture fixture;

    @BeforeAll
    static void start() {
        fixture = new EmergencyFixture();
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @BeforeEach
    void empty() {
        fixture.fresh(Map.of(), 1);
    }

    @Test
    void shouldOpenAClaimOnceAndRaiseTheRevisionOnce() {
        Recorded first = fixture.tell(ACTIVATE, "INC1", 10, "q1");
        Recorded repeat = fixture.tell(ACTIVATE, "INC1", 10, "q1");

        assertThat(first).isEqualTo(new Recorded(GROUP, null, ClaimState.OPEN, 1, true));
        assertThat(repeat).isEqualTo(new Recorded(GROUP, ClaimState.OPEN, ClaimState.OPEN, 1, false));
        assertThat(fixture.snapshot().claims()).extracting(Claim::id).containsExactly("INC1");
    }

    @Test
    void shouldNotAcceptWhatIsNotAsDurableAsConfigured() {
        fixture.fresh(Map.of("bridge.emergency.durability", "replicated"), 1);

        assertThatThrownBy(() -> fixture.tell(ACTIVATE, "INC1", 10, "q1"))
                .isInstanceOf(RedisUnavailableException.class)
                .hasMessageContaining("not confirmed");

        // It was done all the same, which a repeat finds.
        assertThat(fixture.snapshot().claims()).extracting(Claim::id).containsExactly("INC1");
    }

    @Test
    void shouldEndWhatRanOutAlsoWithoutTheReplicaThatIsConfigured() {
        fixture.tell(ACTIVATE, "INC1", 10, Duration.ofSeconds(60), "q1");
        fixture.reconfigure(Map.of("bridge.emergency.durability", "replicated"), 1);
        fixture.timePasses(Duration.ofSeconds(61));

        assertThat(fixture.pass()).isEqualTo(Pass.DONE);

        assertThat(await(fixture.store.claim("INC1")).state()).isEqualTo(ClaimState.EXPIRED);
    }

    @Test
    void shouldExtendByALaterActivationOnly() {
        fixture.tell(ACTIVATE, "INC1", 10, Duration.ofSeconds(60), "q1");
        Instant until = fixture.snapshot().claims().get(0).until();

        fixture.tell(ACTIVATE, "INC1", 9, Duration.ofHours(2), "q9");
        assertThat(fixture.snapshot().claims().get(0).until()).isEqualTo(until);

        fixture.tell(ACTIVATE, "INC1", 11, Duration.ofHours(2), "q2");
        Claim extended = fixture.snapshot().claims().get(0);
        assertThat(extended.until()).isAfter(until);
        assertThat(extended.queueIds()).containsExactly("q2");
    }

    @Test
    void shouldIgnoreAnActivationThatComesAfterItsResolution() {
        Recorded tombstone = fixture.tell(RESOLVE, "INC1", 20);
        Recorded late = fixture.tell(ACTIVATE, "INC1", 10, "q1");

        assertThat(tombstone.changed()).isFalse();
        assertThat(late.state()).isEqualTo(ClaimState.RESOLVED);
        assertThat(fixture.snapshot().claims()).isEmpty();
        assertThat(fixture.snapshot().revision()).isZero();
    }

    @Test
    void shouldLetTheResolutionWinOfEqualTimes() {
        fixture.tell(ACTIVATE, "INC1", 10, "q1");
        fixture.tell(RESOLVE, "INC1", 10);
        fixture.tell(RESOLVE, "INC2", 10);
        fixture.tell(ACTIVATE, "INC2", 10, "q1");

        assertThat(fixture.snapshot().claims()).isEmpty();
    }

    @Test
    void shouldStayResolvedUntilItIsReopenedLater() {
        fixture.tell(ACTIVATE, "INC1", 10, "q1");
        fixture.tell(RESOLVE, "INC1", 20);

        assertThat(fixture.tell(ACTIVATE, "INC1", 30, "q1").state()).isEqualTo(ClaimState.RESOLVED);
        assertThat(fixture.tell(REOPEN, "INC1", 19, "q1").state()).isEqualTo(ClaimState.RESOLVED);
        assertThat(fixture.tell(REOPEN, "INC1", 31, "q1").state()).isEqualTo(ClaimState.OPEN);
    }

    @Test
    void shouldOpenAWithdrawnClaimAgainByALaterActivation() {
        fixture.tell("jira", ACTIVATE, "INC1", 10, "q1");

        assertThat(fixture.tell("jira", WITHDRAW, "INC1", 20).state()).isEqualTo(ClaimState.RESOLVED);
        assertThat(fixture.tell("jira", ACTIVATE, "INC1", 15, "q1").state()).isEqualTo(ClaimState.RESOLVED);
        assertThat(fixture.tell("jira", ACTIVATE, "INC1", 25, "q1").state()).isEqualTo(ClaimState.OPEN);
    }

    @Test
    void shouldKeepWhatTheApiHasDeclaredWhateverThePriorityAtItsSource() {
        fixture.tell(ACTIVATE, "OPS-17", 10, "q1");

        assertThat(fixture.tell("jira", WITHDRAW, "OPS-17", 20).changed()).isFalse();
        assertThat(fixture.tell("jira", MOVE_WITHDRAWN, "OPS-17", 30).changed()).isFalse();
        assertThat(fixture.snapshot().claims()).hasSize(1);
        assertThat(fixture.tell("jira", RESOLVE, "OPS-17", 40).state()).isEqualTo(ClaimState.RESOLVED);
    }

    @Test
    void shouldTakeAStepToAnOpenStatusForReopeningAfterAnEndByItsSource() {
        fixture.tell("jira", ACTIVATE, "INC1", 10, "q1");
        fixture.tell("jira", RESOLVE, "INC1", 20);

        assertThat(fixture.tell("jira", MOVE, "INC1", 30, "q2").state()).isEqualTo(ClaimState.OPEN);
        assertThat(fixture.snapshot().claims().get(0).queueIds()).containsExactly("q2");
        assertThat(fixture.tell("jira", MOVE_WITHDRAWN, "INC1", 40).state()).isEqualTo(ClaimState.RESOLVED);
        assertThat(fixture.tell("jira", ACTIVATE, "INC1", 50, "q3").state()).isEqualTo(ClaimState.OPEN);
    }

    @Test
    void shouldKeepTheEndByTheApiWhenItsIncidentStepsToAnotherOpenStatus() {
        fixture.tell("jira", ACTIVATE, "INC1", 10, "q1");
        fixture.tell(RESOLVE, "INC1", 20);

        assertThat(fixture.tell("jira", MOVE, "INC1", 30, "q1").state()).isEqualTo(ClaimState.RESOLVED);
        assertThat(fixture.tell("jira", REOPEN, "INC1", 40, "q1").state()).isEqualTo(ClaimState.OPEN);
    }

    @Test
    void shouldKeepTheEndByAnOperatorUntilItsSourceHasEndedAndReopenedIt() {
        fixture.tell("jira", ACTIVATE, "INC1", 10, "q1");
        fixture.tell("jira", OVERRIDE, "INC1", 0);

        // Later than the operator's word, which counts by the clock of Redis; START lies in the future.
        assertThat(fixture.tell("jira", MOVE, "INC1", 20, "q1").state()).isEqualTo(ClaimState.OVERRIDDEN);
        assertThat(fixture.tell("jira", RESOLVE, "INC1", 30).state()).isEqualTo(ClaimState.RESOLVED);
        assertThat(fixture.tell("jira", MOVE, "INC1", 40, "q1").state()).isEqualTo(ClaimState.OPEN);
    }

    @Test
    void shouldOpenByAStepThatWasToldBeforeTheEndThatItFollowed() {
        fixture.tell(RESOLVE, "INC1", 20);
        fixture.tell("jira", MOVE, "INC1", 40, "q1");

        assertThat(fixture.tell("jira", RESOLVE, "INC1", 30).state()).isEqualTo(ClaimState.OPEN);
        assertThat(fixture.snapshot().claims().get(0).since()).isEqualTo(EmergencyFixture.START.plusSeconds(40));
    }

    @Test
    void shouldOpenByAnActivationThatFollowsAReopeningAsNoEmergency() {
        fixture.tell("jira", ACTIVATE, "INC1", 10, "q1");
        fixture.tell("jira", RESOLVE, "INC1", 20);

        Recorded reopened = fixture.tell("jira", REOPEN_WITHDRAWN, "INC1", 30);
        assertThat(reopened.state()).isEqualTo(ClaimState.RESOLVED);
        assertThat(reopened.changed()).isFalse();
        assertThat(fixture.tell("jira", ACTIVATE, "INC1", 25, "q1").state()).isEqualTo(ClaimState.RESOLVED);
        assertThat(fixture.tell("jira", ACTIVATE, "INC1", 40, "q2").state()).isEqualTo(ClaimState.OPEN);
        assertThat(fixture.snapshot().claims().get(0).queueIds()).containsExactly("q2");
    }

    @Test
    void shouldOpenAlsoWhenTheReopeningComesAfterTheActivationThatFollowedIt() {
        fixture.tell("jira", RESOLVE, "INC1", 20);
        assertThat(fixture.tell("jira", ACTIVATE, "INC1", 40, "q1").state()).isEqualTo(ClaimState.RESOLVED);

        assertThat(fixture.tell("jira", REOPEN_WITHDRAWN, "INC1", 30).state()).isEqualTo(ClaimState.OPEN);
        Claim open = fixture.snapshot().claims().get(0);
        assertThat(open.since()).isEqualTo(EmergencyFixture.START.plusSeconds(40));
        assertThat(open.queueIds()).containsExactly("q1");
    }

    @Test
    void shouldEndAnOpenClaimWhenItsIncidentGoesOnAsNoEmergency() {
        fixture.tell("jira", ACTIVATE, "INC1", 10, "q1");

        assertThat(fixture.tell("jira", REOPEN_WITHDRAWN, "INC1", 20).changed()).isTrue();
        assertThat(fixture.snapshot().claims()).isEmpty();
    }

    @Test
    void shouldListNoIncidentThatWasReopenedButNeverAnEmergency() {
        fixture.tell("jira", REOPEN_WITHDRAWN, "INC1", 10);

        assertThat(await(fixture.store.recent(GROUP, 10))).isEmpty();
    }

    @Test
    void shouldLiftAnOperatorsEndByAReopeningAfterIt() {
        fixture.tell("jira", ACTIVATE, "INC1", 10, "q1");
        fixture.tell("jira", OVERRIDE, "INC1", 0);
        // Later than the operator's word, which counts by the clock of Redis; START lies in the future.
        assertThat(fixture.tell("jira", REOPEN_WITHDRAWN, "INC1", 20).state()).isEqualTo(ClaimState.RESOLVED);
        assertThat(fixture.tell("jira", ACTIVATE, "INC1", 30, "q1").state()).isEqualTo(ClaimState.OPEN);
    }

    @Test
    void shouldKeepWhatTheApiHasDeclaredWhenItsIncidentMovesOnAtItsSource() {
        fixture.tell(ACTIVATE, "OPS-17", 10, "q1");

        assertThat(fixture.tell("jira", REOPEN_WITHDRAWN, "OPS-17", 20).changed())
                .isFalse();
        assertThat(fixture.snapshot().claims()).hasSize(1);
        fixture.tell(RESOLVE, "OPS-17", 30);
        assertThat(fixture.tell("jira", REOPEN_WITHDRAWN, "OPS-17", 40).state()).isEqualTo(ClaimState.RESOLVED);
        assertThat(fixture.tell(ACTIVATE, "OPS-17", 50, "q1").state()).isEqualTo(ClaimState.OPEN);
    }

    @Test
    void shouldKeepWhatTheApiHasDeclaredInWhateverOrderThatIsTold() {
        fixture.tell("jira", REOPEN_WITHDRAWN, "OPS-17", 20);

        assertThat(fixture.tell(ACTIVATE, "OPS-17", 10, "q1").state()).isEqualTo(ClaimState.OPEN);
    }

    @Test
    void shouldExpireAndBeExtendedByAnOperator() {
        fixture.tell(ACTIVATE, "INC1", 10, Duration.ofMillis(1), "q1");
        Awaitility.await().until(() -> fixture.tell(EXPIRE, "INC1", 10).state() == ClaimState.EXPIRED);

        assertThat(fixture.snapshot().claims()).isEmpty();
        assertThat(fixture.tell(ACTIVATE, "INC1", 10, "q1").state()).isEqualTo(ClaimState.EXPIRED);
        assertThat(fixture.tell(EXTEND, "INC1", 0, Duration.ofMinutes(5)).state())
                .isEqualTo(ClaimState.OPEN);
    }

    @Test
    void shouldHoldAnOperatorsEndAgainstLateActivations() {
        fixture.tell(ACTIVATE, "INC1", 10, "q1");

        assertThat(fixture.tell(OVERRIDE, "INC1", 0).state()).isEqualTo(ClaimState.OVERRIDDEN);
        assertThat(fixture.tell(ACTIVATE, "INC1", 50, "q1").state()).isEqualTo(ClaimState.OVERRIDDEN);
    }

    @Test
    void shouldNotEndOrExtendWhatIsNotKnown() {
        assertThat(fixture.tell(OVERRIDE, "INC1", 0).state()).isNull();
        assertThat(fixture.tell(EXTEND, "INC1", 0).state()).isNull();
    }

    @Test
    void shouldKeepAClaimWithTheGroupThatItFirstHad() {
        fixture.tell(ACTIVATE, "INC1", 10, "q1");

        ClaimEvent elsewhere = ClaimEvent.about(
                RESOLVE, "INC1", "other", EmergencyFixture.START.plusSeconds(20), Duration.ZERO, "tester");
        Recorded recorded = await(fixture.store.record(elsewhere));

        assertThat(recorded.group()).isEqualTo(GROUP);
        assertThat(recorded.state()).isEqualTo(ClaimState.RESOLVED);
    }

    @Test
    void shouldLetEveryClaimExpireFromRedis() {
        fixture.tell(ACTIVATE, "INC1", 10, "q1");
        fixture.tell(RESOLVE, "INC2", 10);

        for (String id : List.of("INC1", "INC2")) {
            assertThat(Long.parseLong(fixture.redis().call(Command.PTTL, "ib:{emr}:claim:" + id)))
                    .isPositive();
        }
    }

    @Test
    void shouldListRecentClaimsButNoTombstonesOfWhatNeverWasAnEmergency() {
        fixture.tell(RESOLVE, "INC3", 10);
        fixture.tell(ACTIVATE, "INC1", 10, "q1");
        fixture.tell(ACTIVATE, "INC2", 10, "q1");
        fixture.tell(RESOLVE, "INC2", 10);

        assertThat(await(fixture.store.recent(GROUP, 10)))
                .extracting(Claim::id)
                .containsExactlyInAnyOrder("INC1", "INC2");
    }

    @Test
    void shouldNotEndAnOverrideThatWasRenewedMeanwhile() {
        Instant now = Instant.now();
        await(fixture.store.force(GROUP, drill(now.minusSeconds(1)), "ann"));
        long seen = fixture.snapshot().revision();
        Forced renewed = drill(now.plusSeconds(600));
        await(fixture.store.force(GROUP, renewed, "ann"));

        assertThat(await(fixture.store.end(GROUP, seen, "bridge"))).isEqualTo(ForceOutcome.UNKNOWN);
        assertThat(fixture.snapshot().override()).contains(renewed);

        assertThat(await(fixture.store.end(GROUP, fixture.snapshot().revision(), "bridge")))
                .isEqualTo(ForceOutcome.DONE);
        assertThat(fixture.snapshot().forced()).isEmpty();
    }

    @Test
    void shouldTakeASecondPersonToConfirmAnOverride() {
        Forced forced = drill(Instant.now().plusSeconds(60));
        await(fixture.store.propose(GROUP, forced, "p1", "ann"));

        assertThat(fixture.snapshot().override()).isEmpty();
        assertThat(await(fixture.store.confirm(GROUP, "p2", "bob"))).isEqualTo(ForceOutcome.UNKNOWN);
        assertThat(await(fixture.store.confirm(GROUP, "p1", "ann"))).isEqualTo(ForceOutcome.SAME_PERSON);
        assertThat(await(fixture.store.confirm(GROUP, "p1", "bob"))).isEqualTo(ForceOutcome.DONE);
        assertThat(fixture.snapshot().override()).contains(forced);
        assertThat(await(fixture.store.clear(GROUP, "bob"))).isEqualTo(ForceOutcome.DONE);
        assertThat(await(fixture.store.clear(GROUP, "bob"))).isEqualTo(ForceOutcome.UNKNOWN);
        assertThat(fixture.snapshot().override()).isEmpty();
    }

    private static Forced drill(Instant until) {
        return new Forced(Forced.Mode.ACTIVE, List.of("q1"), "drill", "ann", until.minusSeconds(60), until);
    }
}
