package io.incidentbridge.outage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.incidentbridge.outage.OutageState.Mode;
import io.incidentbridge.outage.OutageState.Why;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutagePolicyTest {

    private static final Instant T = Instant.parse("2026-11-22T09:00:00Z");
    private static final Why OPS = Why.operator("ops", "drill");
    private static final Signals SURGE = Signals.ofTopic(100, 0);
    private static final Signals BETWEEN = Signals.ofTopic(75, 0);
    private static final Signals CALM = Signals.ofTopic(50, 0);

    private final OutagePolicy policy = new OutagePolicy(OutageFixture.config("min-open", "120s"));

    @ParameterizedTest
    @CsvSource({
        // state,     event,           next,      held
        "CLOSED,      SURGE,           OPEN,      false",
        "CLOSED,      BETWEEN,         CLOSED,    false",
        "CLOSED,      CALM,            CLOSED,    false",
        "CLOSED,      LONG_CALM,       CLOSED,    false",
        "CLOSED,      TRIP,            OPEN,      false",
        "CLOSED,      TRIP_UNTIL,      OPEN,      true",
        "CLOSED,      RESET,           CLOSED,    false",
        "CLOSED,      FORCE_OPEN,      OPEN,      true",
        "CLOSED,      FORCE_CLOSED,    CLOSED,    true",
        "CLOSED,      RELEASE,         CLOSED,    false",
        "CLOSED,      MASTER_RESOLVED, CLOSED,    false",
        "OPEN,        SURGE,           OPEN,      false",
        "OPEN,        BETWEEN,         OPEN,      false",
        "OPEN,        CALM,            OPEN,      false",
        "OPEN,        LONG_CALM,       HALF_OPEN, false",
        "OPEN,        TRIP,            OPEN,      false",
        "OPEN,        TRIP_UNTIL,      OPEN,      true",
        "OPEN,        RESET,           CLOSED,    false",
        "OPEN,        FORCE_OPEN,      OPEN,      true",
        "OPEN,        FORCE_CLOSED,    CLOSED,    true",
        "OPEN,        RELEASE,         OPEN,      false",
        "OPEN,        MASTER_RESOLVED, HALF_OPEN, false",
        "HALF_OPEN,   SURGE,           OPEN,      false",
        "HALF_OPEN,   BETWEEN,         HALF_OPEN, false",
        "HALF_OPEN,   CALM,            HALF_OPEN, false",
        "HALF_OPEN,   LONG_CALM,       CLOSED,    false",
        "HALF_OPEN,   TRIP,            OPEN,      false",
        "HALF_OPEN,   TRIP_UNTIL,      OPEN,      true",
        "HALF_OPEN,   RESET,           CLOSED,    false",
        "HALF_OPEN,   FORCE_OPEN,      OPEN,      true",
        "HALF_OPEN,   FORCE_CLOSED,    CLOSED,    true",
        "HALF_OPEN,   RELEASE,         HALF_OPEN, false",
        "HALF_OPEN,   MASTER_RESOLVED, HALF_OPEN, false"
    })
    void shouldFollowTheTable(Mode mode, Event event, Mode next, boolean held) {
        OutageState after = apply(in(mode), event);

        assertThat(after.mode()).isEqualTo(next);
        assertThat(after.held()).isEqualTo(held);
    }

    @ParameterizedTest
    @CsvSource({
        "OPEN,   SURGE,           OPEN,   true",
        "OPEN,   BETWEEN,         OPEN,   true",
        "OPEN,   LONG_CALM,       OPEN,   true",
        "OPEN,   MASTER_RESOLVED, OPEN,   true",
        "OPEN,   TRIP,            OPEN,   true",
        "OPEN,   FORCE_CLOSED,    CLOSED, true",
        "OPEN,   RESET,           CLOSED, false",
        "OPEN,   RELEASE,         OPEN,   false",
        "CLOSED, SURGE,           CLOSED, true",
        "CLOSED, BETWEEN,         CLOSED, true",
        "CLOSED, LONG_CALM,       CLOSED, true",
        "CLOSED, MASTER_RESOLVED, CLOSED, true",
        "CLOSED, FORCE_OPEN,      OPEN,   true",
        "CLOSED, TRIP,            OPEN,   true",
        "CLOSED, RESET,           CLOSED, false",
        "CLOSED, RELEASE,         CLOSED, false"
    })
    void shouldKeepWhatAnOperatorHolds(Mode mode, Event event, Mode next, boolean held) {
        OutageState after = apply(in(mode).hold(true, null), event);

        assertThat(after.mode()).isEqualTo(next);
        assertThat(after.held()).isEqualTo(held);
    }

    @Test
    void shouldLetGoWhenTheTimeHasCome() {
        OutageState held = policy.onTrip(in(Mode.CLOSED), OPS, T.plusSeconds(60), T);

        assertThat(policy.onSignals(held, CALM, T.plusSeconds(59)).held()).isTrue();
        assertThat(policy.onSignals(held, CALM, T.plusSeconds(60)).held()).isFalse();
        assertThat(policy.onSignals(held, CALM, T.plusSeconds(60)).mode()).isEqualTo(Mode.OPEN);
    }

    @Test
    void shouldNotFlapWhenTheInputDoes() {
        List<Mode> modes = new ArrayList<>();
        OutageState state = in(Mode.CLOSED);

        for (int second = 0; second < 1800; second++) {
            state = policy.onSignals(state, second / 15 % 2 == 0 ? SURGE : CALM, T.plusSeconds(second));
            modes.add(state.mode());
        }

        assertThat(modes).containsOnly(Mode.OPEN);
    }

    @Test
    void shouldChangeNothingBetweenTheThresholds() {
        assertThat(policy.onSignals(in(Mode.CLOSED), BETWEEN, T.plus(Duration.ofHours(1))))
                .isEqualTo(in(Mode.CLOSED));
        assertThat(policy.onSignals(in(Mode.OPEN), BETWEEN, T.plus(Duration.ofHours(1))))
                .isEqualTo(in(Mode.OPEN));
    }

    @Test
    void shouldStayOpenForTheShortestTime() {
        OutageState open = policy.onSignals(in(Mode.OPEN), CALM, T);

        assertThat(policy.onSignals(open, CALM, T.plusSeconds(119)).mode()).isEqualTo(Mode.OPEN);
        assertThat(policy.onSignals(open, CALM, T.plusSeconds(120)).mode()).isEqualTo(Mode.HALF_OPEN);
    }

    @Test
    void shouldStartTheCalmAnewAfterEachDisturbance() {
        OutageState open = policy.onSignals(in(Mode.OPEN), CALM, T.plusSeconds(300));
        OutageState disturbed = policy.onSignals(open, BETWEEN, T.plusSeconds(330));
        OutageState again = policy.onSignals(disturbed, CALM, T.plusSeconds(340));

        assertThat(policy.onSignals(again, CALM, T.plusSeconds(399)).mode()).isEqualTo(Mode.OPEN);
        assertThat(policy.onSignals(again, CALM, T.plusSeconds(400)).mode()).isEqualTo(Mode.HALF_OPEN);
    }

    @Test
    void shouldGoOnWithTheSameOutageWhenItComesBack() {
        OutageState open = policy.onSignals(in(Mode.CLOSED), SURGE, T).with(new Master("a", "INC1", "url"));

        OutageState again = policy.onSignals(open.next(Mode.HALF_OPEN, OPS, T), SURGE, T.plusSeconds(9));

        assertThat(again.outageId()).isEqualTo(open.outageId());
        assertThat(again.master()).isEqualTo(open.master());
        assertThat(again.openedAt()).isEqualTo(T);
    }

    @Test
    void shouldBeginAnewWhenItComesBackAfterItsMasterWasResolved() {
        OutageState open = in(Mode.OPEN).with(new Master("a", "INC1", "url"));
        OutageState resolved = policy.onMasterResolved(open, Why.bridge(Cause.MASTER_RESOLVED, ""), T);

        OutageState again = policy.onSignals(resolved, SURGE, T.plusSeconds(9));

        assertThat(resolved.master()).isEqualTo(open.master());
        assertThat(again.outageId()).isNotEqualTo(open.outageId());
        assertThat(again.master()).isEqualTo(Master.NONE);
    }

    @Test
    void shouldBeginAnewAfterItsEnd() {
        OutageState closed = in(Mode.OPEN).with(new Master("a", "INC1", "url")).next(Mode.CLOSED, OPS, T);

        OutageState next = policy.onSignals(closed, SURGE, T.plusSeconds(9));

        assertThat(closed.outageId()).isEmpty();
        assertThat(next.outageId()).isNotEqualTo(in(Mode.OPEN).outageId());
        assertThat(next.master()).isEqualTo(Master.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "99,0,CLOSED",
        "100,0,OPEN",
        "49,3,CLOSED",
        "50,3,OPEN",
        "69,7,CLOSED",
        "70,7,OPEN",
        "99,40,CLOSED",
        "100,40,OPEN"
    })
    void shouldOpenAtTheAbsoluteThresholdOrManyTimesTheUsualRate(long count, double usual, Mode next) {
        OutageState after = policy.onSignals(in(Mode.CLOSED), Signals.ofTopic(count, usual), T);

        assertThat(after.mode()).isEqualTo(next);
    }

    @ParameterizedTest
    @CsvSource({
        "19, 4, 0, 0,   0,    CLOSED, NONE",
        "20, 4, 0, 0,   0,    OPEN,   VENDOR_REFUSALS",
        "0,  4, 1, 0,   0,    CLOSED, NONE",
        "0,  4, 2, 0,   0,    OPEN,   CLIENT_BREAKER",
        "0,  1, 1, 0,   0,    OPEN,   CLIENT_BREAKER",
        "0,  4, 0, 9,   0,    CLOSED, NONE",
        "0,  4, 0, 10,  0,    OPEN,   BACKLOG_AGE",
        "0,  4, 0, 0,   4999, CLOSED, NONE",
        "0,  4, 0, 0,   5000, OPEN,   BACKLOG_DEPTH"
    })
    void shouldOpenTheWholeServiceDesk(
            long refusals, int replicas, int down, long old, long depth, Mode next, Cause cause) {
        Signals signals = new Signals(refusals, 0, replicas, down, old, depth);

        OutageState after = policy.onSignals(OutageState.closed(Topics.GLOBAL), signals, T);

        assertThat(after.mode()).isEqualTo(next);
        assertThat(after.cause()).isEqualTo(cause);
    }

    @ParameterizedTest
    @ValueSource(strings = {"11,0,0,0", "0,1,0,0", "0,0,6,0", "0,0,0,2501"})
    void shouldNotRecoverWhileAnySignalIsHigh(String numbers) {
        String[] values = numbers.split(",");
        Signals signals = new Signals(
                Long.parseLong(values[0]),
                0,
                4,
                Integer.parseInt(values[1]),
                Long.parseLong(values[2]),
                Long.parseLong(values[3]));
        OutageState open = open(OutageState.closed(Topics.GLOBAL), 0);

        assertThat(policy.onSignals(open, signals, T.plusSeconds(1000))).isEqualTo(open);
    }

    @ParameterizedTest
    @CsvSource({
        // usual, calm up to
        "0,   50",
        "30,  50",
        "41,  50",
        "60,  72",
        "80,  96",
        "83,  99",
        "99,  99",
        "500, 99"
    })
    void shouldTakeWhatIsUsualForCalmButNeverTheThreshold(double usual, long most) {
        OutageState open = open(OutageState.closed("email"), usual);

        OutageState calm = policy.onSignals(open, Signals.ofTopic(most, usual), T.plusSeconds(300));
        OutageState above = policy.onSignals(open, Signals.ofTopic(most + 1, usual), T.plusSeconds(300));

        assertThat(calm.calmSince()).isEqualTo(T.plusSeconds(300));
        assertThat(above.calmSince()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 51, 60, 75, 90, 99})
    void shouldRecoverFromASurgeWhateverIsUsualBelowTheThreshold(int usual) {
        Topic topic = new Topic(usual);

        List<Mode> surge = topic.goesOn(Duration.ofMinutes(5), 120);
        topic.goesOn(Duration.ofMinutes(6), usual);

        assertThat(surge).containsOnly(Mode.OPEN);
        assertThat(topic.state.mode()).isEqualTo(Mode.CLOSED);
        assertThat(topic.goesOn(Duration.ofHours(3), usual)).containsOnly(Mode.CLOSED);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 51, 60, 75, 90, 99})
    void shouldRecoverForGoodWhenNothingUsualWasMeasuredDuringALongSurge(int usual) {
        Topic topic = new Topic(usual);

        topic.goesOn(Duration.ofHours(2), 120);
        topic.goesOn(Duration.ofMinutes(6), usual);

        assertThat(topic.state.mode()).isEqualTo(Mode.CLOSED);
        assertThat(topic.goesOn(Duration.ofHours(3), usual)).containsOnly(Mode.CLOSED);
    }

    @ParameterizedTest
    @ValueSource(ints = {51, 60, 75, 90, 99})
    void shouldStayOpenWhenTheUsualAlternatesWithASurge(int usual) {
        Topic topic = new Topic(usual);
        List<Mode> modes = new ArrayList<>();

        for (int i = 0; i < 60; i++) {
            modes.addAll(topic.goesOn(Duration.ofSeconds(30), 100));
            modes.addAll(topic.goesOn(Duration.ofSeconds(30), usual));
        }

        assertThat(modes).containsOnly(Mode.OPEN);
    }

    @Test
    void shouldNoteWhatIsUsualAtTheFirstLookWhenAnOperatorOpened() {
        OutageState tripped = policy.onTrip(in(Mode.CLOSED).withUsual(7.0), OPS, T.plusSeconds(7200), T);

        OutageState seen = policy.onSignals(tripped, Signals.ofTopic(60, 60), T);
        OutageState later = policy.onSignals(seen, Signals.ofTopic(60, 3), T.plusSeconds(3600));

        assertThat(tripped.usual()).as("of an outage long ago").isNull();
        assertThat(seen.usual()).isEqualTo(60);
        assertThat(later).isEqualTo(seen);
    }

    @Test
    void shouldTakeWhatWasUsualBeforeTheOutageWhereNothingIsMeasuredAfterIt() {
        OutageState closed = open(OutageState.closed("email"), 3).next(Mode.CLOSED, OPS, T);

        assertThat(policy.threshold(closed, Signals.ofTopic(0, 0), T))
                .isEqualTo(policy.threshold(OutageState.closed("email"), Signals.ofTopic(0, 3), T))
                .isLessThan(100);
    }

    /** Earlier versions write no usual calls, and drop those that are there: they read past what they do not know. */
    @Test
    void shouldReadWhatAnEarlierVersionWroteAndNoteAnewWhatIsUsual() throws JsonProcessingException {
        ObjectMapper json = new ObjectMapper().findAndRegisterModules();
        OutageState open = open(OutageState.closed("email"), 60);
        ObjectNode written = (ObjectNode) json.readTree(json.writeValueAsString(open));
        OutageState same = json.treeToValue(written, OutageState.class);
        written.remove("usual");

        OutageState earlier = json.treeToValue(written, OutageState.class);

        assertThat(same).isEqualTo(open);
        assertThat(earlier).isEqualTo(open.withUsual(null));
        assertThat(policy.onSignals(earlier, Signals.ofTopic(60, 58), T).usual())
                .isEqualTo(58);
    }

    @Test
    void shouldTellTheNumbers() {
        OutageState open = policy.onSignals(in(Mode.CLOSED), Signals.ofTopic(134, 2.5), T);

        assertThat(open.cause()).isEqualTo(Cause.UNUSUAL_SURGE);
        assertThat(open.detail()).isEqualTo("calls=134 window=PT1M threshold=50 usual=2.5");
    }

    private OutageState apply(OutageState state, Event event) {
        Instant later = T.plus(Duration.ofMinutes(10));
        return switch (event) {
            case SURGE -> policy.onSignals(state, SURGE, later);
            case BETWEEN -> policy.onSignals(state, BETWEEN, later);
            case CALM -> policy.onSignals(state, CALM, later);
            case LONG_CALM -> policy.onSignals(policy.onSignals(state, CALM, T), CALM, later);
            case TRIP -> policy.onTrip(state, OPS, null, later);
            case TRIP_UNTIL -> policy.onTrip(state, OPS, later.plusSeconds(1), later);
            case RESET -> policy.onReset(state, OPS, later);
            case FORCE_OPEN -> policy.onForce(state, Mode.OPEN, OPS, null, later);
            case FORCE_CLOSED -> policy.onForce(state, Mode.CLOSED, OPS, null, later);
            case RELEASE -> policy.onRelease(state);
            case MASTER_RESOLVED -> policy.onMasterResolved(state, OPS, later);
        };
    }

    private OutageState in(Mode mode) {
        OutageState closed = OutageState.closed("email");
        return switch (mode) {
            case CLOSED -> closed;
            case OPEN -> open(closed, 0);
            case HALF_OPEN -> open(closed, 0).next(Mode.HALF_OPEN, OPS, T);
        };
    }

    private static OutageState open(OutageState closed, double usual) {
        return closed.next(Mode.OPEN, OPS, T).withUsual(usual);
    }

    /** A topic with its usual calls, and what of them is measured: only while it is closed, over an hour. */
    private final class Topic {
        private final int usual;
        private final Deque<Boolean> closedMinutes = new ArrayDeque<>(Collections.nCopies(60, true));
        private OutageState state = OutageState.closed("email");
        private Instant now = T;

        Topic(int usual) {
            this.usual = usual;
        }

        List<Mode> goesOn(Duration length, int calls) {
            List<Mode> modes = new ArrayList<>();
            for (Instant end = now.plus(length); now.isBefore(end); now = now.plusSeconds(10)) {
                long measured = closedMinutes.stream().filter(closed -> closed).count();
                state = policy.onSignals(state, Signals.ofTopic(calls, usual * measured / 60.0), now);
                modes.add(state.mode());
                if (now.getEpochSecond() % 60 == 0) {
                    closedMinutes.addLast(state.mode() == Mode.CLOSED);
                    closedMinutes.removeFirst();
                }
            }
            return modes;
        }
    }

    private enum Event {
        SURGE,
        BETWEEN,
        CALM,
        LONG_CALM,
        TRIP,
        TRIP_UNTIL,
        RESET,
        FORCE_OPEN,
        FORCE_CLOSED,
        RELEASE,
        MASTER_RESOLVED
    }
}
