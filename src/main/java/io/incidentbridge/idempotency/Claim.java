package io.incidentbridge.idempotency;

/**
 * The right, and the duty, to do what a key stands for.
 *
 * @param key    in Redis
 * @param fence  rises with every owner of the key; a lower one changes nothing any more
 * @param resume whether an earlier owner may have done it: then it is looked up and finished, not begun
 */
public record Claim(String key, String fence, boolean resume) {}
