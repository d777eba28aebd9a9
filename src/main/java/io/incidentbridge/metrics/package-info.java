/**
 * Prevents two names for one number: every metric the bridge exposes is named here, one class for each area.
 *
 * <p>Entry: {@link io.incidentbridge.metrics.BridgeMetrics}.
 */
package io.incidentbridge.metrics;
