/**
 * Prevents Jira's wire format, errors and limits from reaching a flow.
 *
 * <p>Entry: {@link io.incidentbridge.jira.JiraConnector}.
 */
package io.incidentbridge.jira;
