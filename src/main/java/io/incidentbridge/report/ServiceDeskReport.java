package io.incidentbridge.report;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What the bridge did for the service desk in a period. A part that could not be read has zeros, and is named. */
@RegisterForReflection(
        targets = {
            ServiceDeskReport.class,
            ServiceDeskReport.Lookups.class,
            ServiceDeskReport.Incidents.class,
            ServiceDeskReport.WrapUps.class,
            ServiceDeskReport.Integrity.class,
            ServiceDeskReport.UnlinkedIncident.class,
            ServiceDeskReport.BudgetUse.class,
            ServiceDeskReport.Unavailable.class
        })
public record ServiceDeskReport(
        @Schema(description = "Whole hours, UTC", examples = "2026-11-22T00:00:00Z") String from,
        @Schema(description = "Not included") String to,
        @Schema(description = "Whether every part could be read") boolean complete,
        List<Unavailable> unavailable,
        Lookups lookups,
        Incidents incidents,
        WrapUps wrapUps,
        Integrity integrity,
        @Schema(description = "What was asked of each vendor's budget") List<BudgetUse> budget) {

    /** Why a part has no numbers. */
    public record Unavailable(
            @Schema(description = "lookups, wrapUps, incidents, integrity or budget") String part, String reason) {}

    /** Callers looked up; those of one conversation are one, by the best answer. */
    public record Lookups(
            long all,
            long found,
            long notFound,
            long ambiguous,
            long unavailable,
            @Schema(description = "found of all, 0 to 1") double identificationRate) {}

    /** Phone incidents that ServiceNow holds, by when they were created. */
    public record Incidents(
            long phone,
            @Schema(description = "With a conversation's id") long automatic,
            @Schema(description = "Without one") long manual,
            @Schema(description = "automatic of phone, 0 to 1") double automaticRate) {}

    /** Wrapped-up conversations, each counted once. */
    public record WrapUps(
            long calls,
            long tickets,
            @Schema(description = "Noted against an outage's master incident") long noted,
            @Schema(description = "Of which the end of the call was told") long measured,
            @Schema(description = "From the end of the call to its wrap-up, on average") long averageSeconds,
            @Schema(description = "bridge.report.wrap-up-baseline") long baselineSeconds,
            @Schema(description = "Of the measured ones; negative when it took longer than before")
                    long savedSeconds) {}

    /** Phone incidents that belong to no conversation. */
    public record Integrity(
            long withoutConversation,
            @Schema(description = "The oldest of them") List<UnlinkedIncident> listed,
            @Schema(description = "How many are not listed") long more) {}

    /** One of them. */
    public record UnlinkedIncident(
            String number,
            String sysId,
            String url,
            String createdAt,
            @Schema(description = "The conversation as far as the bridge knows it: then it can be repaired")
                    String conversationId) {}

    /** Requests for room in a vendor's budget. */
    public record BudgetUse(
            String upstream,
            @Schema(description = "EMERGENCY, LOOKUP, TICKET or BACKGROUND") String lane,
            long admitted,
            @Schema(description = "That found no room at first") long waited,
            long refused) {}
}
