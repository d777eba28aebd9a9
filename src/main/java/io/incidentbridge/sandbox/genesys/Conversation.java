package io.incidentbridge.sandbox.genesys;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An inbound call.
 *
 * <pre>
 * WAITING   caller and acd are in it; only now has it a routing priority that can be changed
 * CONNECTED the acd participant has ended, an agent is in it
 * WRAPUP    the caller has left, the agent writes up; attributes can still be set
 * ENDED     all have left
 * </pre>
 */
final class Conversation {

    /** The number that all callers dial. */
    private static final String DNIS = "tel:+14155550100";

    private final String id;
    private final String queueId;
    private final String ani;
    private final Clock clock;
    private final Instant start;
    private final List<Participant> participants = new ArrayList<>();
    private ConversationState state = ConversationState.WAITING;
    private Instant end;
    private int priority;

    Conversation(String id, String ani, String queueId, Clock clock) {
        this.id = id;
        this.queueId = queueId;
        this.clock = clock;
        this.start = clock.instant();
        this.ani = ani.startsWith("tel:") || ani.startsWith("sip:") ? ani : "tel:" + ani;
        participants.add(new Participant("customer", this.ani, DNIS, queueId, start));
        participants.add(new Participant("acd", this.ani, DNIS, queueId, start));
    }

    String queueId() {
        return queueId;
    }

    synchronized ConversationState state() {
        return state;
    }

    synchronized int priority() {
        return priority;
    }

    /** @return false when it does not wait (any more) */
    synchronized boolean tryPrioritise(int newPriority) {
        boolean waiting = state == ConversationState.WAITING;
        priority = waiting ? newPriority : priority;
        return waiting;
    }

    /** @return false when it is further already */
    synchronized boolean tryMove(ConversationState next) {
        if (next.compareTo(state) < 0) {
            return false;
        }
        while (state != next) {
            step(next);
        }
        return true;
    }

    private void step(ConversationState goal) {
        Instant now = clock.instant();
        boolean abandoned = state == ConversationState.WAITING && goal == ConversationState.ENDED;
        state = abandoned ? ConversationState.ENDED : ConversationState.values()[state.ordinal() + 1];
        switch (state) {
            case CONNECTED -> {
                endAll("acd", now);
                participants.add(new Participant("agent", ani, DNIS, queueId, now));
            }
            case WRAPUP -> endAll("customer", now);
            case ENDED -> {
                participants.forEach(participant -> participant.end(now));
                end = now;
            }
            case WAITING -> throw new IllegalStateException("A conversation does not begin to wait again");
        }
    }

    private void endAll(String purpose, Instant now) {
        participants.stream()
                .filter(participant -> participant.purpose().equals(purpose))
                .forEach(participant -> participant.end(now));
    }

    /**
     * Sets attributes of a participant, visible after the propagation time. Those of a caller who has hung up can be set
     * as long as the agent writes up: that is when the bridge links back.
     */
    synchronized void setAttributes(String participantId, Map<String, String> values, Duration propagation) {
        Participant participant = participants.stream()
                .filter(candidate -> candidate.id().equals(participantId))
                .findFirst()
                .orElseThrow(() -> GenesysFailure.of(
                        404,
                        "conversation.error.not.conversation.participant",
                        "The participant is not part of the conversation."));
        if (state == ConversationState.ENDED) {
            throw GenesysFailure.of(
                    403,
                    "conversation.error.forbidden.not.active.participant",
                    "The participant is not an active participant of the conversation.");
        }
        participant.setAttributes(values, clock.instant().plus(propagation));
    }

    synchronized JsonObject toJson() {
        Instant now = clock.instant();
        JsonArray parties = new JsonArray();
        participants.forEach(participant -> parties.add(participant.toJson(now, priority)));
        JsonObject json = new JsonObject()
                .put("id", id)
                .put("startTime", Times.text(start))
                .put("address", DNIS)
                .put("participants", parties)
                .put("recordingState", "NONE")
                .put("selfUri", "/api/v2/conversations/" + id);
        return end == null ? json : json.put("endTime", Times.text(end));
    }

    synchronized JsonObject observation() {
        return new JsonObject()
                .put("observationDate", Times.text(start))
                .put("conversationId", id)
                .put("sessionId", participants.get(0).id())
                .put("routingPriority", priority)
                .put("direction", "inbound")
                .put("ani", ani)
                .put("dnis", DNIS);
    }
}
