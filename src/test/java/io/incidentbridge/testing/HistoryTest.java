package io.incidentbridge.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HistoryTest {

    private final History history = new History();

    @Test
    void shouldFindNothingWhenAllIsAsItMustBe() {
        history.counted("servicenow", 1000, 1000, 0);
        history.accepted("call-1");
        history.accepted("call-1");
        history.ticket("call-1", "INC1");
        history.ticket("call-1", "INC1");
        history.fence("emergency", 7);
        history.fence("emergency", 7);
        history.fence("emergency", 9);
        history.changed("emergency.activated", "MI-1");
        history.audited(41, "emergency.activated", "MI-1");
        history.audited(42, "emergency.activated", "MI-1");

        assertThat(history.violations()).isEmpty();
        assertThat(history.verdict()).startsWith("History: sound");
    }

    @Test
    void shouldFindAnOverrunWindow() {
        history.counted("servicenow", 1001, 1000, 0);

        assertThat(history.violations())
                .containsExactly("servicenow got 1001 requests in a window of 1000 and refused 0");
    }

    @Test
    void shouldFindARefusalWithinTheLimit() {
        history.counted("genesys", 300, 300, 1);

        assertThat(history.violations()).hasSize(1);
    }

    @Test
    void shouldFindLostConversations() {
        history.accepted("call-1");
        history.accepted("call-2");
        history.ticket("call-2", "INC2");

        assertThat(history.lost()).containsExactly("call-1");
        assertThat(history.violations()).containsExactly("no incident for call-1");
    }

    @Test
    void shouldFindTwoIncidentsOfOneConversationEvenIfItWasNotAccepted() {
        history.ticket("call-1", "INC1");
        history.ticket("call-1", "INC2");

        assertThat(history.doubled()).containsExactly("call-1 has INC1, INC2");
        assertThat(history.violations()).hasSize(1);
    }

    @Test
    void shouldFindAFenceThatFalls() {
        history.fence("emergency", 9);
        history.fence("other", 3);
        history.fence("emergency", 8);

        assertThat(history.violations()).containsExactly("the fence of emergency fell from 9 to 8");
    }

    @Test
    void shouldFindAChangeThatNobodyAudited() {
        history.changed("emergency.activated", "MI-1");
        history.changed("emergency.ended", "MI-1");
        history.audited(1, "emergency.activated", "MI-1");

        assertThat(history.violations()).containsExactly("not audited: emergency.ended by MI-1");
    }

    @Test
    void shouldFindGapsInTheTrail() {
        history.audited(1, "a", "x");
        history.audited(3, "b", "x");

        assertThat(history.violations()).containsExactly("the audit trail has gaps: 2 entries from 1 to 3");
    }
}
