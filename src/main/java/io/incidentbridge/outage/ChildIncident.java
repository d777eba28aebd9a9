package io.incidentbridge.outage;

import io.incidentbridge.itsm.FinishedCall;
import io.incidentbridge.outbox.OutboxHandler;
import io.incidentbridge.outbox.OutboxItem;
import io.incidentbridge.outbox.OutboxOutcome;
import io.incidentbridge.ratelimit.BudgetRequest;
import io.incidentbridge.ratelimit.Lane;
import io.incidentbridge.security.KeyedHash;
import io.incidentbridge.servicenow.IncidentFields;
import io.incidentbridge.servicenow.IncidentWriter;
import io.incidentbridge.servicenow.NewIncident;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Creates the incident of a call that was noted, below the outage's master. */
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
        Map<String, String> given = new TreeMap<>();
        body.getJsonObject("fields").forEach(field -> given.put(field.getKey(), String.valueOf(field.getValue())));
        String topic = topics.inWords(given.getOrDefault("wrapUpCode", ""));
        FinishedCall call = FinishedCall.of(given, given.getOrDefault("sysId", ""), topic);
        NewIncident child =
                NewIncident.ofConversation(call.conversationId(), fields.child(call, body.getString("parent")), hash);
        return writer.createOnce(child, BudgetRequest.within(Lane.BACKGROUND, ROOM))
                .call(written -> ledger.child(
                        body.getString("outage"),
                        call.conversationId(),
                        new Master(written.sysId(), written.number(), written.url())))
                .map(written -> OutboxOutcome.done(written.number()));
    }
}
