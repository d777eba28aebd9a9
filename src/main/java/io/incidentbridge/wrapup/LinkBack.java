package io.incidentbridge.wrapup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.incidentbridge.genesys.GenesysConnector;
import io.incidentbridge.itsm.ConnectorException;
import io.incidentbridge.itsm.FailureReason;
import io.incidentbridge.outbox.OutboxHandler;
import io.incidentbridge.outbox.OutboxItem;
import io.incidentbridge.outbox.OutboxOutcome;
import io.incidentbridge.ratelimit.BudgetRequest;
import io.incidentbridge.ratelimit.Lane;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Writes the incident's number, key and link to the conversation in Genesys, as long as Genesys takes them. */
@ApplicationScoped
class LinkBack implements OutboxHandler {

    static final String KIND = "link-back";

    private static final Duration ROOM = Duration.ofSeconds(5);

    private final GenesysConnector genesys;
    private final WrapUpStore store;
    private final ObjectMapper json;
    private final WrapUpConfig config;

    LinkBack(GenesysConnector genesys, WrapUpStore store, ObjectMapper json, WrapUpConfig config) {
        this.genesys = genesys;
        this.store = store;
        this.json = json;
        this.config = config;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Uni<OutboxOutcome> handle(OutboxItem item) {
        Map<String, String> link = read(item.body());
        String conversation = link.get("conversationId");
        String participant = link.get("participantId");
        Map<String, String> attributes = new TreeMap<>();
        attributes.put(config.attributes().number(), link.get("number"));
        attributes.put(config.attributes().sysId(), link.get("sysId"));
        attributes.put(config.attributes().url(), link.get("url"));
        if (link.containsKey("master")) {
            attributes.put(config.attributes().master(), link.get("master"));
        }
        return genesys.setParticipantAttributes(
                        conversation,
                        participant.isEmpty() ? null : participant,
                        attributes,
                        BudgetRequest.within(Lane.TICKET, ROOM))
                .replaceWith("DONE")
                .onFailure(LinkBack::isGone)
                .recoverWithItem("GONE")
                .call(how -> store.linked(conversation, how))
                .map(OutboxOutcome::done);
    }

    /** Ended or forgotten: nobody can write to it any more, so there is nothing to retry or to correct. */
    private static boolean isGone(Throwable failure) {
        return failure instanceof ConnectorException known && known.reason() == FailureReason.NOT_FOUND;
    }

    private Map<String, String> read(String body) {
        try {
            return json.readValue(body, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the body is not a link-back", e);
        }
    }
}
