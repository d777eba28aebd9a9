package io.incidentbridge.wrapup;

import io.incidentbridge.outage.Master;
import io.incidentbridge.outage.OutageBreaker;
import io.incidentbridge.outbox.OutboxHandler;
import io.incidentbridge.outbox.OutboxItem;
import io.incidentbridge.outbox.OutboxOutcome;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * Brings a noted call, and what is said of it later, to the ledger of its outage, and the master incident's number back to the
 * call. The ledger has each conversation once, so that doing it again changes nothing. While there is no master incident yet it is waited for.
 */
@ApplicationScoped
class NotedWork implements OutboxHandler {

    private static final Duration SOONEST = Duration.ofSeconds(2);
    private static final Duration LATEST = Duration.ofSeconds(30);

    private final OutageBreaker outages;
    private final WrapUpStore store;

    NotedWork(OutageBreaker outages, WrapUpStore store) {
        this.outages = outages;
        this.store = store;
    }

    @Override
    public String kind() {
        return Verdict.NOTE_KIND;
    }

    @Override
    public Uni<OutboxOutcome> handle(OutboxItem item) {
        Note note = Note.parse(item.body());
        WrapUp wrapUp = new WrapUp(note.fields());
        return outages.note(
                        note.outage(),
                        note.topic(),
                        wrapUp.conversationId(),
                        item.since(),
                        note.revision(),
                        note.fields())
                .flatMap(master -> master.known()
                        ? store.noted(wrapUp, master).replaceWith(done(master))
                        : Uni.createFrom().item(OutboxOutcome.wait("no master incident yet", pause(item))));
    }

    private static OutboxOutcome done(Master master) {
        return OutboxOutcome.done(
                new JsonObject().put("master", master.number()).encode());
    }

    private static Duration pause(OutboxItem item) {
        Duration pause = SOONEST.multipliedBy(Math.min(item.claims(), 100));
        return pause.compareTo(LATEST) > 0 ? LATEST : pause;
    }

    /** What the item says. */
    private record Note(String outage, String topic, int revision, Map<String, String> fields) {

        static Note parse(String body) {
            try {
                JsonObject json = new JsonObject(body);
                JsonObject note = json.getJsonObject("note");
                Map<String, String> given = new TreeMap<>();
                json.getJsonObject("fields").forEach(field -> given.put(field.getKey(), (String) field.getValue()));
                return new Note(
                        note.getString("outageId"), note.getString("topic"), json.getInteger("revision"), given);
            } catch (DecodeException | ClassCastException | NullPointerException e) {
                throw new IllegalArgumentException(
                        "the body must have a number revision and texts in note and fields", e);
            }
        }
    }
}
