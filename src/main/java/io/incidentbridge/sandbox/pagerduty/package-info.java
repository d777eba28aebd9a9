/**
 * A PagerDuty account in memory: incidents, their REST reads, and signed V3 webhooks with PagerDuty's retries and drops.
 *
 * <p>Entry: {@link io.incidentbridge.sandbox.pagerduty.PagerDutySimulator}.
 */
package io.incidentbridge.sandbox.pagerduty;
