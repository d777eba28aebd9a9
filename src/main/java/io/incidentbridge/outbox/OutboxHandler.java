package io.incidentbridge.outbox;

import io.smallrye.mutiny.Uni;
import java.util.Optional;

/**
 * Does one kind of accepted work. A bean of this type is found without being registered. It must be able to do an item
 * again that it has done before: a worker may die, or Redis be away, between the work and the note of it.
 */
public interface OutboxHandler {

    /** The kind of item, 1 to 30 lower-case letters and hyphens; stored with each item, so it never changes its name. */
    String kind();

    /**
     * Does the item within {@code bridge.outbox.handler-deadline}. A failure counts as {@link OutboxOutcome#of}.
     */
    Uni<OutboxOutcome> handle(OutboxItem item);

    /** What is wrong with a body that an operator has corrected; empty when it can be done. */
    default Optional<String> fault(String body) {
        return Optional.empty();
    }
}
