/**
 * Prevents two names for one number: every metric the bridge exposes is named here.
 *
 * <p>Entry: {@link io.incidentbridge.metrics.BridgeMetrics}.
 */
package io.incidentbridge.metrics;
