package io.incidentbridge.sandbox.genesys;

import java.util.Arrays;
import java.util.Optional;

/** How far a conversation is; it only ever goes forward, and may skip (a caller who gives up waiting ends it). */
public enum ConversationState {
    WAITING,
    CONNECTED,
    WRAPUP,
    ENDED;

    static Optional<ConversationState> parse(String name) {
        return Arrays.stream(values())
                .filter(state -> state.name().equalsIgnoreCase(name))
                .findFirst();
    }
}
