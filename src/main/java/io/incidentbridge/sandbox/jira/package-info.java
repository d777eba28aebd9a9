/**
 * A Jira Cloud site in memory: issues, their REST reads, and signed admin webhooks with Jira's retries, in no order.
 *
 * <p>Entry: {@link io.incidentbridge.sandbox.jira.JiraSimulator}.
 */
package io.incidentbridge.sandbox.jira;
