/**
 * Prevents PagerDuty's wire format, errors and limits from reaching a flow.
 *
 * <p>Entry: {@link io.incidentbridge.pagerduty.PagerDutyConnector}.
 */
package io.incidentbridge.pagerduty;
