/**
 * Prevents reports that differ from replica to replica or forget at a restart: what reports count is added up in Redis, per
 * hour and once, however often it is sent or the caller repeats himself.
 *
 * <p>Entry: {@link io.incidentbridge.tally.Tally}.
 */
package io.incidentbridge.tally;
