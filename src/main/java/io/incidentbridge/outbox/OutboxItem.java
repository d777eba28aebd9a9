package io.incidentbridge.outbox;

import java.time.Instant;

/**
 * Work in a worker's hands.
 *
 * @param id     names it for operators
 * @param kind   which handler does it
 * @param order  hash of what must be done one after the other
 * @param body   JSON, as it was added or as an operator has corrected it
 * @param since  when it was added, or replayed by an operator
 * @param claims how often a worker has had it, this time included
 * @param attempts how often it has failed
 * @param lost   how often a worker died with it, or took too long
 * @param token  of the claim
 */
public record OutboxItem(
        String id,
        String kind,
        String order,
        String body,
        Instant since,
        int claims,
        int attempts,
        int lost,
        String token) {

    /** An item that was claimed in the step that added it. */
    public static OutboxItem claimed(String id, String kind, String order, String body, Instant added, String token) {
        return new OutboxItem(id, kind, order, body, added, 1, 0, 0, token);
    }

    /** Whether no worker has had it before, so that nothing of it can have been done. */
    public boolean isFirstTry() {
        return claims == 1;
    }
}
