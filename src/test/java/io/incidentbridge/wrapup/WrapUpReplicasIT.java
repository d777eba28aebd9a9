package io.incidentbridge.wrapup;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A thousand wrap-ups, 30 % of them repeats: every call has one ticket in the end, linked both ways. */
@Tag("processes")
class WrapUpReplicasIT {

    private static WrapUpStorm storm;

    @BeforeAll
    static void start() {
        storm = new WrapUpStorm();
    }

    @AfterAll
    static void stop() {
        storm.close();
    }

    @Test
    void shouldLeaveOneLinkedTicketPerCallWhateverBreaks() throws InterruptedException {
        WrapUpStorm.Outcome outcome = storm.run(700, 300, 25);

        assertThat(outcome.killed()).as("kills while wrap-ups came in").isGreaterThanOrEqualTo(2);
        assertThat(outcome.history().violations()).isEmpty();
        assertThat(outcome.tickets()).hasSameSizeAs(outcome.calls());
        assertThat(outcome.strays()).as("tickets of no call").isZero();
        outcome.calls().forEach(call -> {
            JsonObject ticket =
                    outcome.tickets().get(call.getString("conversationId")).get(0);
            assertThat(ticket.getString("caller_id")).isEqualTo(call.getString("sysId"));
            assertThat(ticket.getString("description")).contains(call.getString("transcriptSummary"));
        });
    }
}
