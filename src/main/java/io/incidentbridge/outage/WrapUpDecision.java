package io.incidentbridge.outage;

/**
 * What becomes of a call that is new to the bridge.
 *
 * @param noted whether it is noted against the outage's master incident instead of getting a ticket of its own
 */
public record WrapUpDecision(boolean noted, OutageView view) {}
