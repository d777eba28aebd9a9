package io.incidentbridge.genesys;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Genesys conversation, as far as the bridge cares.
 *
 * @param participants in the order Genesys gives them
 */
public record Conversation(String id, List<Participant> participants) {

    /** The queue's part in the conversation while it waits there. */
    public Optional<Participant> waiting() {
        boolean answered = participants.stream().anyMatch(one -> one.purpose().equals("agent") && !one.ended());
        return participants.stream()
                .filter(one -> !answered && one.purpose().equals("acd") && !one.ended())
                .reduce((first, last) -> last);
    }

    /** Whether the caller is in it and has not been given to a queue or an agent yet. */
    public boolean isArriving() {
        return participants.stream()
                        .noneMatch(one ->
                                one.purpose().equals("acd") || one.purpose().equals("agent"))
                && participants.stream().anyMatch(one -> !one.ended());
    }

    /** Whether everybody has left. */
    public boolean isOver() {
        return participants.stream().allMatch(Participant::ended);
    }

    /**
     * One side of the conversation.
     *
     * @param purpose    {@code customer}, {@code external}, {@code acd}, {@code agent}, ...
     * @param ended      whether the participant has left
     * @param attributes participant attributes
     * @param priority   in the queue, as routing has it; 0 without one
     */
    public record Participant(String id, String purpose, boolean ended, Map<String, String> attributes, int priority) {}
}
