package io.incidentbridge.priority;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentbridge.conversation.SuggestedPriority.Raised;
import io.incidentbridge.priority.PriorityPolicy.Decision;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PriorityPolicyTest {

    @Test
    void shouldRaiseAndRememberWhatWasBefore() {
        assertThat(PriorityPolicy.decide(5, 1000, Optional.empty()))
                .isEqualTo(new Decision(1000, false, Optional.of(new Raised(5, 1000))));
    }

    @Test
    void shouldRestoreWhatWasBefore() {
        assertThat(PriorityPolicy.decide(1000, 0, Optional.of(new Raised(5, 1000))))
                .isEqualTo(new Decision(5, false, Optional.empty()));
    }

    @Test
    void shouldFollowALowerSuggestion() {
        assertThat(PriorityPolicy.decide(1000, 60, Optional.of(new Raised(5, 1000))))
                .isEqualTo(new Decision(60, false, Optional.of(new Raised(5, 60))));
    }

    @Test
    void shouldNotLowerWhatOthersHaveSet() {
        assertThat(PriorityPolicy.decide(2000, 1000, Optional.empty()))
                .isEqualTo(new Decision(2000, true, Optional.empty()));
        assertThat(PriorityPolicy.decide(2000, 0, Optional.of(new Raised(5, 1000))))
                .isEqualTo(new Decision(2000, true, Optional.empty()));
    }

    @Test
    void shouldLeaveAConversationAloneThatNobodyRaised() {
        assertThat(PriorityPolicy.decide(0, 0, Optional.empty())).isEqualTo(new Decision(0, true, Optional.empty()));
    }

    @Test
    void shouldDoNothingTwice() {
        assertThat(PriorityPolicy.decide(1000, 1000, Optional.of(new Raised(0, 1000))))
                .isEqualTo(new Decision(1000, true, Optional.of(new Raised(0, 1000))));
    }

    /** A crash between the note and the change leaves a note of what is not so yet. */
    @Property
    void shouldEndInTheSameStateAfterACrashInBetween(
            @ForAll @IntRange(min = -50, max = 50) int others,
            @ForAll @IntRange(min = 0, max = 50) int suggested,
            @ForAll @IntRange(min = 0, max = 50) int next) {
        Decision first = PriorityPolicy.decide(others, suggested, Optional.empty());
        Decision afterCrash = PriorityPolicy.decide(others, next, first.raised());
        Decision undisturbed = PriorityPolicy.decide(first.target(), next, first.raised());

        assertThat(afterCrash.target()).isEqualTo(undisturbed.target());
        assertThat(afterCrash.target()).isEqualTo(next > 0 ? Math.max(others, next) : others);
    }

    @Property
    void shouldNeverGoBelowWhatOthersWant(
            @ForAll @IntRange(min = -50, max = 50) int others,
            @ForAll @IntRange(min = 0, max = 50) int one,
            @ForAll @IntRange(min = 0, max = 50) int two) {
        Decision raised = PriorityPolicy.decide(others, one, Optional.empty());
        Decision changed = PriorityPolicy.decide(raised.target(), two, raised.raised());
        Decision over = PriorityPolicy.decide(changed.target(), 0, changed.raised());

        assertThat(raised.target()).isGreaterThanOrEqualTo(others);
        assertThat(changed.target()).isGreaterThanOrEqualTo(others);
        assertThat(over.target()).isEqualTo(others);
    }
}
