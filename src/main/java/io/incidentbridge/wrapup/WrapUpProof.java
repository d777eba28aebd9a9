package io.incidentbridge.wrapup;

import io.incidentbridge.ratelimit.BudgetRequest;
import io.incidentbridge.ratelimit.Lane;
import io.incidentbridge.servicenow.IncidentWriter;
import io.incidentbridge.servicenow.WrittenIncident;
import io.incidentbridge.wrapup.WrapUpLedger.Entry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The journal of proof: compares what was accepted, what the outbox has made of it, and what ServiceNow holds. It reads
 * only, with the budget of background work.
 */
@ApplicationScoped
class WrapUpProof {

    /** Keys in one query: far below the longest address that servers take. */
    private static final int BATCH = 50;

    private static final Duration ROOM = Duration.ofSeconds(30);

    private final WrapUpLedger ledger;
    private final IncidentWriter incidents;

    WrapUpProof(WrapUpLedger ledger, IncidentWriter incidents) {
        this.ledger = ledger;
        this.incidents = incidents;
    }

    /** @param most conversations, the oldest first */
    Uni<ProofView> of(Cursor from, Instant to, int most) {
        return ledger.accepted(from, to, most)
                .flatMap(page -> compare(page.entries()).map(faults -> ProofView.of(from.at(), to, page, faults)));
    }

    /**
     * Where the bridge and ServiceNow differ, by conversation.
     *
     * @param missing said to have a ticket that is not there
     * @param twice   more than one ticket
     */
    record Faults(List<String> missing, List<String> twice) {}

    private Uni<Faults> compare(List<Entry> entries) {
        List<Entry> own = entries.stream().filter(Entry::hasOwnTicket).toList();
        List<Entry> others = entries.stream()
                .filter(entry -> entry.isWritten() && !entry.hasOwnTicket())
                .toList();
        Faults faults = new Faults(new ArrayList<>(), new ArrayList<>());
        return eachBatch(own, batch -> incidents
                        .byCorrelationIds(keys(batch, Entry::conversation), room())
                        .invoke(found -> batch.forEach(entry -> judge(entry, entry.conversation(), found, faults))))
                .chain(() -> eachBatch(others, batch -> incidents
                        .bySysIds(keys(batch, Entry::sysId), room())
                        .invoke(found -> batch.forEach(entry -> judge(entry, entry.sysId(), found, faults)))))
                .replaceWith(faults);
    }

    private static void judge(Entry entry, String key, Map<String, List<WrittenIncident>> found, Faults faults) {
        List<WrittenIncident> tickets = found.getOrDefault(key, List.of());
        if (tickets.stream().noneMatch(ticket -> ticket.sysId().equals(entry.sysId()))) {
            faults.missing().add(entry.conversation());
        }
        if (tickets.size() > 1) {
            faults.twice().add(entry.conversation());
        }
    }

    private static Uni<Void> eachBatch(List<Entry> entries, Function<List<Entry>, Uni<?>> look) {
        return Multi.createFrom()
                .iterable(entries)
                .group()
                .intoLists()
                .of(BATCH)
                .onItem()
                .transformToUniAndConcatenate(batch -> look.apply(batch).replaceWithVoid())
                .onItem()
                .ignoreAsUni();
    }

    private static List<String> keys(List<Entry> entries, Function<Entry, String> key) {
        return entries.stream().map(key).distinct().toList();
    }

    private static BudgetRequest room() {
        return BudgetRequest.within(Lane.BACKGROUND, ROOM);
    }
}
