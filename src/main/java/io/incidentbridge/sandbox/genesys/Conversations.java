package io.incidentbridge.sandbox.genesys;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The conversations of the organisation; the oldest are forgotten, as the real one archives them. */
final class Conversations {

    private static final int MOST = 20_000;

    private final Clock clock;
    private final Map<String, Conversation> byId = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Conversation> eldest) {
            return size() > MOST;
        }
    };
    private volatile int propagationMs;

    Conversations(Clock clock) {
        this.clock = clock;
    }

    /** How late attributes become visible: their PATCH is answered with 202 only. */
    void propagationMs(int millis) {
        propagationMs = millis;
    }

    int propagationMs() {
        return propagationMs;
    }

    /** A new conversation that waits; of two with the same id the first stays. */
    synchronized Conversation start(String id, String ani, String queueId) {
        return byId.computeIfAbsent(id, absent -> new Conversation(id, ani, queueId, clock));
    }

    synchronized Optional<Conversation> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    synchronized List<Conversation> in(String queueId, ConversationState state) {
        List<Conversation> found = new ArrayList<>();
        for (Conversation conversation : byId.values()) {
            if (conversation.queueId().equals(queueId) && conversation.state() == state) {
                found.add(conversation);
            }
        }
        return found;
    }

    synchronized void clear() {
        byId.clear();
    }
}
