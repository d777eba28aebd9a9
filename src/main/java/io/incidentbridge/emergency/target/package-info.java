/**
 * Prevents the reconciler from knowing what Genesys offers: each place where an emergency can be switched on is read,
 * compared and written in the same words.
 *
 * <p>Entry: {@link io.incidentbridge.emergency.target.RoutingTarget}.
 */
package io.incidentbridge.emergency.target;
