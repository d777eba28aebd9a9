package io.incidentbridge.idempotency;

/**
 * An answer as it goes over the wire.
 *
 * @param status      HTTP status
 * @param contentType with parameters; empty without a body
 * @param body        empty when there is none
 */
public record Reply(int status, String contentType, String body) {}
