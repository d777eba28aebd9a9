package io.incidentbridge.outbox;

import io.incidentbridge.redis.Durability;

/**
 * Work to be added.
 *
 * @param kind       which handler does it
 * @param orderKey   items of one kind with one key are done one after the other, as they were added; stored as a hash
 * @param dedupeId   an item of this kind with this id is added once; stored as a hash
 * @param body       JSON, at most a few 10 kB
 * @param durability what it survives once it counts as added; null for {@code bridge.outbox.durability}
 */
public record NewOutboxItem(String kind, String orderKey, String dedupeId, String body, Durability durability) {

    public NewOutboxItem(String kind, String orderKey, String dedupeId, String body) {
        this(kind, orderKey, dedupeId, body, null);
    }
}
