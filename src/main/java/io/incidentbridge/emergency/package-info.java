/**
 * Prevents a forgotten or half-applied emergency from sending callers into the void: what shall be is kept as claims of
 * open incidents, and Genesys is driven there.
 *
 * <p>Entry: {@link io.incidentbridge.emergency.EmergencyResource}, {@link
 * io.incidentbridge.emergency.EmergencyReconciler}.
 */
package io.incidentbridge.emergency;
