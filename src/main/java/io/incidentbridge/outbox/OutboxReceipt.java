package io.incidentbridge.outbox;

/**
 * That work is kept.
 *
 * @param id    names it for operators
 * @param added false when it had been added before
 */
public record OutboxReceipt(String id, boolean added) {}
