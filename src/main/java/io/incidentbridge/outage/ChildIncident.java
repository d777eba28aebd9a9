package io.incidentbridge.outage;

import io.incidentbridge.itsm.FinishedCall;
import io.incidentbridge.outbox.OutboxHandler;
import io.incidentbridge.outbox.OutboxItem;
import io.incidentbridge.outbox.OutboxOutcome;
import io.incidentbridge.ratelimit.BudgetRequest;
import io.incidentbridge.ratelimit.Lane;
import io.incidentbridge.security.KeyedHash;
import io.incidentbridge.servicenow.IncidentFields;
import io.incidentbridge.servicenow.IncidentUpdate;
import io.incidentbridge.servicenow.IncidentWriter;
import io.incidentbridge.servicenow.NewIncident;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * Creates the incident of a call that was noted, below the outage's master, and amends it. What the call is about is read
 * when it is done, not when it was asked for, as more may have been said since.
 */
@ApplicationScoped
class ChildIncident implements OutboxHandler {

    static final String KIND = "outage-child";

    private static final Duration ROOM = Duration.ofSeconds(10);

    private final IncidentWriter writer;
    private final IncidentFields fields;
    private final Ledger ledger;
    private final Topics topics;
    private final KeyedHash hash;

    ChildIncident(IncidentWriter writer, IncidentFields fields, Ledger ledger, Topics topics, KeyedHash hash) {
        this.writer = writer;
        this.fields = fields;
        this.ledger = ledger;
        this.topics = topics;
        this.hash = hash;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Uni<OutboxOutcome> handle(OutboxItem item) {
        JsonObject body = new JsonObject(item.body());
        String outage = body.getString("outage");
        Map<String, String> given = new TreeMap<>();
        body.getJsonObject("fields").forEach(field -> given.put(field.getKey(), String.valueOf(field.getValue())));
        String conversation = given.get("conversationId");
        return Uni.combine()
                .all()
                .unis(ledger.child(outage, conversation), ledger.call(outage, conversation))
                .asTuple()
                .flatMap(known -> {
                    known.getItem2().ifPresent(noted -> given.putAll(noted.fields()));
                    return known.getItem1().isEmpty()
                            ? create(outage, body.getString("parent", ""), call(given), !item.isFirstTry())
                            : amend(known.getItem1(), call(given));
                });
    }

    private Uni<OutboxOutcome> amend(String sysId, FinishedCall call) {
        return writer.update(new IncidentUpdate(sysId, fields.amend(call), "", ""), room())
                .map(written -> OutboxOutcome.done(written.number()));
    }

    /** @param parent empty for an amendment, which finds nothing to do before there is an incident */
    private Uni<OutboxOutcome> create(String outage, String parent, FinishedCall call, boolean again) {
        if (parent.isEmpty()) {
            return Uni.createFrom().item(OutboxOutcome.done(""));
        }
        NewIncident child = NewIncident.ofConversation(call.conversationId(), fields.child(call, parent), hash);
        return writer.createOnce(child, again, room())
                .call(written -> ledger.child(
                        outage, call.conversationId(), new Master(written.sysId(), written.number(), written.url())))
                .map(written -> OutboxOutcome.done(written.number()));
    }

    private static BudgetRequest room() {
        return BudgetRequest.within(Lane.BACKGROUND, ROOM);
    }

    private FinishedCall call(Map<String, String> given) {
        String topic = topics.inWords(given.getOrDefault("wrapUpCode", ""));
        return FinishedCall.of(given, given.getOrDefault("sysId", ""), topic);
    }
}
