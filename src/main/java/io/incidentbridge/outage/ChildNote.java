package io.incidentbridge.outage;

import io.incidentbridge.outbox.OutboxHandler;
import io.incidentbridge.outbox.OutboxItem;
import io.incidentbridge.outbox.OutboxOutcome;
import io.incidentbridge.ratelimit.BudgetRequest;
import io.incidentbridge.ratelimit.Lane;
import io.incidentbridge.security.KeyedHash;
import io.incidentbridge.servicenow.IncidentUpdate;
import io.incidentbridge.servicenow.IncidentWriter;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;

/** Tells a child incident that its master is resolved; a child that does not exist yet is waited for. */
@ApplicationScoped
class ChildNote implements OutboxHandler {

    static final String KIND = "outage-child-note";

    private static final Duration ROOM = Duration.ofSeconds(10);
    private static final Duration LATER = Duration.ofSeconds(30);

    private final IncidentWriter writer;
    private final Ledger ledger;
    private final KeyedHash hash;

    ChildNote(IncidentWriter writer, Ledger ledger, KeyedHash hash) {
        this.writer = writer;
        this.ledger = ledger;
        this.hash = hash;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Uni<OutboxOutcome> handle(OutboxItem item) {
        JsonObject body = new JsonObject(item.body());
        String conversation = body.getString("conversationId");
        return ledger.child(body.getString("outage"), conversation)
                .flatMap(sysId -> sysId.isEmpty()
                        ? Uni.createFrom().item(OutboxOutcome.retry("the child incident does not exist yet", LATER))
                        : tell(sysId, conversation, body.getString("master")));
    }

    private Uni<OutboxOutcome> tell(String sysId, String conversation, String master) {
        String note = "The master incident " + master + " is resolved.";
        String marker = "resolved-" + hash.hash(KIND, conversation);
        return writer.update(
                        new IncidentUpdate(sysId, Map.of(), note, marker), BudgetRequest.within(Lane.BACKGROUND, ROOM))
                .map(written -> OutboxOutcome.done(""));
    }
}
