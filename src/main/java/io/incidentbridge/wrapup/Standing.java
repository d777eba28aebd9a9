package io.incidentbridge.wrapup;

import io.incidentbridge.outage.Announcement;
import io.incidentbridge.outage.OutageView;
import io.incidentbridge.outbox.OutboxOutcome;
import io.incidentbridge.wrapup.WrapUpReceipt.Status;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * A conversation's wrap-up as Redis has it.
 *
 * @param decision     decided once, when the conversation was new
 * @param revision     1, and one more for each amendment
 * @param written      the revision that the ticket has; 0 for none
 * @param outcome      CREATED, UPDATED or NOTED; empty before
 * @param note         for NOTE its outage and topic, JSON; else empty
 * @param workId       of the newest work it made
 * @param workState    of that, empty when it has been forgotten, as only what is done or discarded ever is
 */
record Standing(
        Decision decision,
        int revision,
        int written,
        String outcome,
        String number,
        String url,
        String master,
        String announcement,
        String note,
        String workId,
        String workState) {

    /** What becomes of a conversation's wrap-up. */
    enum Decision {
        /** A ticket of its own, new or existing. */
        TICKET,
        /** A note against the outage's master incident. */
        NOTE
    }

    Status status() {
        if (decision == Decision.NOTE) {
            return Status.NOTED;
        }
        if (written >= revision) {
            return Status.valueOf(outcome);
        }
        return isGivenUp() ? Status.FAILED : Status.DEFERRED;
    }

    /** How it stands once its newest work has ended so. */
    Standing after(OutboxOutcome work) {
        return switch (work.verb()) {
            case DONE -> {
                JsonObject ticket = new JsonObject(work.result());
                yield new Standing(
                        decision,
                        revision,
                        revision,
                        ticket.getString("outcome"),
                        ticket.getString("number"),
                        ticket.getString("url"),
                        master,
                        announcement,
                        note,
                        workId,
                        workState);
            }
            case DEAD ->
                new Standing(
                        decision, revision, written, outcome, number, url, master, announcement, note, workId, "DEAD");
            case RETRY, WAIT -> this;
        };
    }

    /** Where to ask for the master incident of a noted call. */
    String noteTopic() {
        return new JsonObject(note).getString("topic");
    }

    /** What a noted call was about. */
    String about() {
        JsonObject known = new JsonObject(note);
        return known.getString("about", known.getString("topic"));
    }

    /** With the master incident and announcement of the call's own outage, while that is the one going on. */
    Standing withMasterOf(OutageView view) {
        return new JsonObject(note).getString("outageId").equals(view.outageId())
                ? new Standing(
                        decision,
                        revision,
                        written,
                        outcome,
                        number,
                        url,
                        view.masterNumber(),
                        view.announcement(),
                        note,
                        workId,
                        workState)
                : this;
    }

    private boolean isGivenUp() {
        // What is done would have been written, so what is forgotten without that was discarded.
        return workState.isEmpty() || workState.endsWith("DEAD") || workState.endsWith("DISCARDED");
    }

    /** @param announcements of a noted call's outage */
    WrapUpReceipt receipt(List<Announcement> announcements) {
        return new WrapUpReceipt(status(), number, url, master, announcement, announcements, workId);
    }
}
