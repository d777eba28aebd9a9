package io.incidentbridge.outage;

import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Part of an outage's ledger; times are ISO-8601 UTC, and empty where they are not known. */
public record LedgerPage(
        String outageId,
        String topic,
        String openedAt,
        String closedAt,
        String masterNumber,
        String masterUrl,
        @Schema(description = "Calls noted in all") long callsNoted,
        @Schema(description = "Of these, how many the master's notes tell of") long callsWritten,
        List<LedgerEntry> calls) {

    static LedgerPage of(OutageRecord outage, List<NotedCall> calls) {
        return new LedgerPage(
                outage.id(),
                outage.topic(),
                Objects.toString(outage.opened(), ""),
                Objects.toString(outage.closed(), ""),
                outage.master().number(),
                outage.master().url(),
                outage.noted(),
                outage.written(),
                calls.stream()
                        .map(call ->
                                new LedgerEntry(call.conversationId(), call.at().toString()))
                        .toList());
    }

    /** A noted call. */
    public record LedgerEntry(String conversationId, String at) {}
}
