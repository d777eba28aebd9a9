/**
 * What every service desk looks like from the flows, whichever vendor it is: incidents, events and failure reasons.
 *
 * <p>Entry: {@link io.incidentbridge.itsm.ConnectorException}, {@link io.incidentbridge.itsm.FailureReason}.
 */
package io.incidentbridge.itsm;
