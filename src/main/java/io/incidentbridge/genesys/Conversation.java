package io.incidentbridge.genesys;

import java.util.List;
import java.util.Map;

/**
 * A Genesys conversation, as far as the bridge cares.
 *
 * @param participants in the order Genesys gives them
 */
public record Conversation(String id, List<Participant> participants) {

    /**
     * One side of the conversation.
     *
     * @param purpose    {@code customer}, {@code external}, {@code acd}, {@code agent}, ...
     * @param ended      whether the participant has left
     * @param attributes participant attributes
     */
    public record Participant(String id, String purpose, boolean ended, Map<String, String> attributes) {}
}
