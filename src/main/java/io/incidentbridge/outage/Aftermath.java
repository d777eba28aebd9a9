package io.incidentbridge.outage;

import io.incidentbridge.outbox.NewOutboxItem;
import io.incidentbridge.outbox.Outbox;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Function;

/**
 * What is left to do when an outage is over and told: child incidents of the master, one for each noted call, and a note to
 * each when the master is resolved. Both are handed to the outbox in portions and are done there in the lane of work that
 * can wait.
 */
@ApplicationScoped
class Aftermath {

    private static final int PORTION = 200;
    private static final int AT_ONCE = 8;

    private final Ledger ledger;
    private final Outbox outbox;
    private final MasterWatch watch;
    private final OutageConfig config;

    Aftermath(Ledger ledger, Outbox outbox, MasterWatch watch, OutageConfig config) {
        this.ledger = ledger;
        this.outbox = outbox;
        this.watch = watch;
        this.config = config;
    }

    boolean isWanted() {
        return config.children().enabled();
    }

    /** One step; the outage's work is finished when none is left. */
    Uni<Void> advance(OutageRecord outage, Master master) {
        if (!isWanted()) {
            return ledger.finished(outage.id());
        }
        if (outage.children() < outage.noted()) {
            return handOn(outage, outage.children(), Ledger.CHILDREN, call -> child(outage, master, call));
        }
        if (!config.children().noteOnResolve()) {
            return ledger.finished(outage.id());
        }
        if (outage.told() < outage.noted()) {
            return watch.isResolved(outage, master)
                    .flatMap(resolved -> resolved
                            ? handOn(outage, outage.told(), Ledger.TOLD, call -> note(outage, master, call))
                            : Uni.createFrom().voidItem());
        }
        return ledger.finished(outage.id());
    }

    /** The portion is counted after it was handed on; what is handed on again is recognised by the outbox. */
    private Uni<Void> handOn(OutageRecord outage, long from, String progress, Function<NotedCall, NewOutboxItem> item) {
        return ledger.calls(outage.id(), from, PORTION)
                .flatMap(calls -> addAll(calls.stream().map(item).toList()))
                .flatMap(added -> ledger.progress(outage.id(), progress, from + added));
    }

    private Uni<Integer> addAll(List<NewOutboxItem> items) {
        return Multi.createFrom()
                .iterable(items)
                .onItem()
                .transformToUni(outbox::add)
                .merge(AT_ONCE)
                .collect()
                .asList()
                .map(List::size);
    }

    /** Brings what was said later to the call's child incident, where there is one already. */
    Uni<Void> amend(String outage, NotedCall call) {
        if (!isWanted()) {
            return Uni.createFrom().voidItem();
        }
        String id = call.conversationId() + "\n" + call.revision();
        return outbox.add(item(id, call, new JsonObject().put("outage", outage)))
                .replaceWithVoid();
    }

    private static NewOutboxItem child(OutageRecord outage, Master master, NotedCall call) {
        JsonObject body = new JsonObject().put("outage", outage.id()).put("parent", master.sysId());
        return item(call.conversationId(), call, body);
    }

    /** One after the other for each conversation, so that an amendment meets what was created before it. */
    private static NewOutboxItem item(String id, NotedCall call, JsonObject body) {
        JsonObject fields = new JsonObject().put("conversationId", call.conversationId());
        call.fields().forEach(fields::put);
        return new NewOutboxItem(
                ChildIncident.KIND,
                call.conversationId(),
                id,
                body.put("fields", fields).encode());
    }

    private static NewOutboxItem note(OutageRecord outage, Master master, NotedCall call) {
        JsonObject body = new JsonObject()
                .put("outage", outage.id())
                .put("conversationId", call.conversationId())
                .put("master", master.number());
        return new NewOutboxItem(ChildNote.KIND, call.conversationId(), call.conversationId(), body.encode());
    }
}
