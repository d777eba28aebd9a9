/**
 * Prevents accepted work from being lost or forgotten: it is kept in Redis until it is done or somebody has decided about
 * it, and any replica does it.
 *
 * <p>Entries: {@link io.incidentbridge.outbox.Outbox} to add, {@link io.incidentbridge.outbox.OutboxHandler} to do it.
 */
package io.incidentbridge.outbox;
