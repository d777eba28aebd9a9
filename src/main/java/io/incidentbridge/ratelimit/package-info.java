/**
 * Prevents many replicas together from overrunning a vendor, and one client from overrunning the bridge.
 *
 * <p>Entry: {@link io.incidentbridge.ratelimit.UpstreamBudget} for requests to vendors, {@link
 * io.incidentbridge.ratelimit.InboundLimit} for requests to the bridge.
 */
package io.incidentbridge.ratelimit;
