package io.incidentbridge.outage;

import io.incidentbridge.ratelimit.BudgetRequest;
import io.incidentbridge.ratelimit.Lane;
import io.incidentbridge.security.KeyedHash;
import io.incidentbridge.servicenow.Attachments;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Attaches the full list of an outage's noted calls to its master incident, as CSV. */
@ApplicationScoped
class CallList {

    private static final int PORTION = 1000;
    private static final Duration ROOM = Duration.ofSeconds(5);

    private final Ledger ledger;
    private final Attachments attachments;
    private final KeyedHash hash;

    CallList(Ledger ledger, Attachments attachments, KeyedHash hash) {
        this.ledger = ledger;
        this.attachments = attachments;
        this.hash = hash;
    }

    /** Once for each number of calls: a call that is noted late leads to another, longer list. */
    Uni<Void> attach(OutageRecord outage, Master master) {
        if (outage.noted() == 0) {
            return Uni.createFrom().voidItem();
        }
        String name =
                "noted-calls-" + hash.hash("outage-note", outage.id()).substring(0, 16) + "-" + outage.noted() + ".csv";
        return lines(outage, 0, new StringBuilder("conversationId,notedAt\n"))
                .flatMap(csv ->
                        attachments.attachOnce(master.sysId(), name, csv, BudgetRequest.within(Lane.TICKET, ROOM)));
    }

    private Uni<String> lines(OutageRecord outage, long from, StringBuilder csv) {
        if (from >= outage.noted()) {
            return Uni.createFrom().item(csv.toString());
        }
        return ledger.calls(outage.id(), from, PORTION).flatMap(calls -> {
            calls.forEach(call -> csv.append(call.conversationId())
                    .append(',')
                    .append(call.at())
                    .append('\n'));
            return lines(outage, from + PORTION, csv);
        });
    }
}
