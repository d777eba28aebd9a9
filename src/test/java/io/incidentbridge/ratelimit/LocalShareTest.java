package io.incidentbridge.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocalShareTest {

    private static final long SILENCE = 1000;
    private static final BudgetWindow WINDOW = BudgetWindow.of("", 100, Duration.ofSeconds(60), Duration.ofMillis(250));

    private final LocalShare share = new LocalShare(WINDOW, SILENCE, 2, 0);

    @Test
    void shouldHaveNothingAfterTheStartButAShareOnceAPredecessorsRequestsHaveLeft() {
        assertThat(share.entitlement(30_000)).isZero();
        assertThat(share.entitlement(SILENCE + WINDOW.reach() + 1)).isEqualTo(50);
    }

    @Test
    void shouldHaveOnlyTheAllowanceWhileOthersMayStillHaveRedis() {
        share.heard(0, 100, 7, 2, Map.of(500L, 40L));

        assertThat(share.entitlement(SILENCE)).isEqualTo(7);
    }

    @Test
    void shouldGrowByItsPartOfWhatLeavesTheWindowAfterTheSilence() {
        share.heard(0, 100, 7, 2, Map.of(500L, 40L, 20_000L, 30L, 40_000L, 21L));

        assertThat(share.entitlement(19_999)).isEqualTo(7);
        assertThat(share.entitlement(20_000)).isEqualTo(7 + 15);
        assertThat(share.entitlement(40_000)).isEqualTo(7 + 25);
    }

    @Test
    void shouldNeverGrowBeyondItsShare() {
        share.heard(0, 100, 40, 2, Map.of(20_000L, 60L));

        assertThat(share.entitlement(59_000)).isEqualTo(50);
    }

    @Test
    void shouldHaveNoShareBeforeOthersWereToldOfIt() {
        share.heard(0, 100, 3, 0, Map.of());

        assertThat(share.entitlement(3_600_000)).isEqualTo(3);
    }

    @Test
    void shouldCountWhatIsBeingReportedUntilItIsConfirmed() {
        share.heard(0, 100, 2, 2, Map.of());
        share.admittedAlone(10);
        share.admittedAlone(10);
        share.seal(false, 10);
        assertThat(share.hasRoom(20, 1)).isFalse();

        share.reported();

        assertThat(share.hasRoom(20, 1)).isTrue();
    }

    @Test
    void shouldReportOnlyWhatRedisDoesNotKnowUnlessEverythingIsDue() {
        share.heard(0, 100, 2, 2, Map.of());
        share.admittedByRedis(400);
        share.admittedAlone(400);

        share.seal(false, 1000);
        assertThat(share.reportByAge(1000)).containsValues(1L);

        share.seal(true, 1000);
        assertThat(share.reportByAge(1000)).containsValues(2L);
    }
}
