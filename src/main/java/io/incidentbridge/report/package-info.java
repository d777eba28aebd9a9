/**
 * Prevents opinions about what the bridge achieves: what it counted, and what ServiceNow holds, for a period, and phone
 * incidents that belong to no conversation found before an auditor finds them.
 *
 * <p>Entry: {@link io.incidentbridge.report.ReportResource}.
 */
package io.incidentbridge.report;
