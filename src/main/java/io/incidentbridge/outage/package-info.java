/**
 * Prevents a mass outage from drowning the service desk in tickets: beyond a threshold calls are noted against one master
 * incident.
 *
 * <p>Entry: {@link io.incidentbridge.outage.OutageBreaker}.
 */
package io.incidentbridge.outage;
