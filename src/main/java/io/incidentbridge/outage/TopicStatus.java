package io.incidentbridge.outage;

import io.incidentbridge.outage.OutageState.Mode;
import io.incidentbridge.outage.OutageStore.Sight;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One topic as operators read it; every field is always present, times are ISO-8601 UTC or empty. */
public record TopicStatus(
        String topic,
        Mode state,
        String since,
        Cause cause,
        @Schema(description = "The numbers behind the cause, or an operator's reason") String detail,
        String actor,
        boolean held,
        @Schema(description = "When holding ends by itself; empty for never") String heldUntil,
        String outageId,
        String openedAt,
        String masterNumber,
        String masterUrl,
        @Schema(description = "New calls in the window; of global: ServiceNow's 429s. -1 where not asked for")
                long count,
        @Schema(description = "The count that opens it; -1 where not asked for") long threshold,
        @Schema(description = "Usual calls in a window; 0 when not known") double usual) {

    private static final int NOT_ASKED = -1;

    static TopicStatus of(OutageState state) {
        return of(state, NOT_ASKED, NOT_ASKED, 0);
    }

    static TopicStatus of(Sight sight, OutagePolicy policy, Instant now) {
        OutageState state = sight.state();
        Signals signals = Signals.ofTopic(sight.count(), sight.baseline());
        return of(state, sight.count(), policy.threshold(state, signals, now), sight.baseline());
    }

    private static TopicStatus of(OutageState state, long count, long threshold, double usual) {
        return new TopicStatus(
                state.topic(),
                state.mode(),
                text(state.since()),
                state.cause(),
                state.detail(),
                state.actor(),
                state.held(),
                text(state.heldUntil()),
                state.outageId(),
                text(state.openedAt()),
                state.master().number(),
                state.master().url(),
                count,
                threshold,
                usual);
    }

    private static String text(Instant moment) {
        return moment == null || moment.equals(Instant.EPOCH) ? "" : moment.toString();
    }
}
