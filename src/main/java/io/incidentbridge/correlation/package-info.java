/**
 * Prevents a call from being lost between two systems' logs: one id from the caller's request to every log line and answer
 * that it causes.
 *
 * <p>Entry: {@link io.incidentbridge.correlation.CorrelationId}.
 */
package io.incidentbridge.correlation;
