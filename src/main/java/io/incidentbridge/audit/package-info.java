/**
 * Prevents a change from being made without a trace: who did what to which record, before and after, and from being changed
 * afterwards without anybody noticing (docs/adr/0006).
 *
 * <p>Entry: {@link io.incidentbridge.audit.AuditTrail}.
 */
package io.incidentbridge.audit;
