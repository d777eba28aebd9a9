package io.incidentbridge.outage;

import io.incidentbridge.itsm.ConnectorException;
import io.incidentbridge.itsm.FailureReason;
import io.incidentbridge.ratelimit.BudgetRequest;
import io.incidentbridge.ratelimit.Lane;
import io.incidentbridge.security.KeyedHash;
import io.incidentbridge.servicenow.Attachments;
import io.incidentbridge.servicenow.ServiceNowConnector;
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

    /**
     * Once for each number of calls: a call that is noted late leads to another, longer list. ServiceNow takes a file of the
     * same name again, so the name is looked for first; and after an attempt of which nobody knows what became it is only
     * looked for until that one cannot arrive any more.
     */
    Uni<Void> attach(OutageRecord outage, Master master) {
        if (outage.noted() == 0) {
            return Uni.createFrom().voidItem();
        }
        String name = name(outage);
        return attachments
                .has(master.sysId(), name, room())
                .flatMap(there -> there
                        ? Uni.createFrom().voidItem()
                        : lines(outage, 0, new StringBuilder("conversationId,notedAt\n"))
                                .flatMap(csv -> send(master, name, csv)));
    }

    String name(OutageRecord outage) {
        return "noted-calls-" + hash.hash("outage-note", outage.id()).substring(0, 16) + "-" + outage.noted() + ".csv";
    }

    private Uni<Void> send(Master master, String name, String csv) {
        return ledger.trySending(name)
                .flatMap(alone -> alone
                        ? attachments
                                .attach(master.sysId(), name, csv, room())
                                .onFailure(CallList::didNotArrive)
                                .call(failure -> ledger.notSent(name))
                        : Uni.createFrom().failure(underWay()));
    }

    private static boolean didNotArrive(Throwable failure) {
        return failure instanceof ConnectorException known && known.reason() != FailureReason.UNKNOWN_OUTCOME;
    }

    private static ConnectorException underWay() {
        return ConnectorException.of(
                ServiceNowConnector.VENDOR, FailureReason.CONFLICT, "the list of calls may still arrive", null);
    }

    private static BudgetRequest room() {
        return BudgetRequest.within(Lane.TICKET, ROOM);
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
