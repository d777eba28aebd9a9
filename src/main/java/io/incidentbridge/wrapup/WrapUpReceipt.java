package io.incidentbridge.wrapup;

import io.incidentbridge.idempotency.Provisional;
import io.incidentbridge.outage.Announcement;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How a conversation's wrap-up stands. */
@Schema(description = "Every field is always present: empty text where there is nothing to tell.")
record WrapUpReceipt(
        @Schema(
                        description =
                                "CREATED (a new incident), UPDATED (an existing one, or this wrap-up was amended), "
                                        + "DEFERRED (kept; the number follows, see GET), NOTED (against the outage's master incident) "
                                        + "or FAILED (ServiceNow refuses it; an operator sees it)")
                Status status,
        @Schema(examples = "INC0010023") String incidentNumber,
        @Schema(description = "Page of the incident") String incidentUrl,
        @Schema(description = "The outage's master incident; empty until it exists") String masterNumber,
        @Schema(description = "What to tell the caller about the outage") String announcement,
        @Schema(description = "The same in every configured language, the default one first; empty unless NOTED")
                List<Announcement> announcements,
        @Schema(description = "Names the kept wrap-up for operators") String reference)
        implements Provisional {

    enum Status {
        CREATED,
        UPDATED,
        DEFERRED,
        NOTED,
        FAILED
    }

    @Override
    public boolean provisional() {
        return status == Status.DEFERRED;
    }
}
