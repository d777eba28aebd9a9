/**
 * Prevents ServiceNow's wire format, fail-open queries and error shapes from reaching a flow.
 *
 * <p>Entry: {@link io.incidentbridge.servicenow.ServiceNowConnector}.
 */
package io.incidentbridge.servicenow;
