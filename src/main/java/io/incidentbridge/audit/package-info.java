/**
 * Prevents a change from being made without a trace: who did what to which record, before and after.
 *
 * <p>Entry: {@link io.incidentbridge.audit.AuditTrail}.
 */
package io.incidentbridge.audit;
