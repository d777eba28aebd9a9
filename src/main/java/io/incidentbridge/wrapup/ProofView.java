package io.incidentbridge.wrapup;

import io.incidentbridge.wrapup.Standing.Decision;
import io.incidentbridge.wrapup.WrapUpLedger.Entry;
import io.incidentbridge.wrapup.WrapUpLedger.Page;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What was accepted in a period, and whether all of it is where it should be. */
record ProofView(
        @Schema(examples = "2026-11-22T09:00:00Z") String from,
        String to,
        @Schema(description = "Where to go on, as from, when there was more than the limit; else empty") String next,
        @Schema(description = "Conversations with an accepted wrap-up") int accepted,
        @Schema(description = "Of these with a ticket of their own") int created,
        @Schema(description = "With a note on an existing ticket") int updated,
        @Schema(description = "Noted against an outage's master incident") int noted,
        @Schema(description = "Not in ServiceNow yet, or not with the latest amendment") int waiting,
        @Schema(description = "Dead letters and discarded ones") int failed,
        @Schema(description = "With a link in Genesys") int linked,
        @Schema(description = "That had ended in Genesys before the link was written") int gone,
        @Schema(description = "Conversations whose ticket is not in ServiceNow") List<String> missing,
        @Schema(description = "Conversations with more than one ticket") List<String> twice,
        @Schema(description = "Whether nothing waits, failed, is missing or there twice") boolean complete) {

    static ProofView of(Instant from, Instant to, Page page, WrapUpProof.Faults faults) {
        List<Entry> entries = page.entries();
        int waiting = count(entries, Entry::isWaiting);
        int failed = count(entries, Entry::isFailed);
        return new ProofView(
                from.toString(),
                to.toString(),
                page.next().map(Cursor::toString).orElse(""),
                entries.size(),
                count(entries, Entry::hasOwnTicket),
                count(entries, entry -> entry.isWritten() && !entry.hasOwnTicket()),
                count(entries, entry -> entry.decision() == Decision.NOTE),
                waiting,
                failed,
                count(entries, entry -> entry.linked().equals("DONE")),
                count(entries, entry -> entry.linked().equals("GONE")),
                faults.missing(),
                faults.twice(),
                waiting == 0
                        && failed == 0
                        && faults.missing().isEmpty()
                        && faults.twice().isEmpty()
                        && page.next().isEmpty());
    }

    private static int count(List<Entry> entries, Predicate<Entry> which) {
        return (int) entries.stream().filter(which).count();
    }
}
