/**
 * A simulated ServiceNow instance with the value shapes, errors and limits of the real one.
 *
 * <p>Entry: {@link io.incidentbridge.sandbox.servicenow.ServiceNowSimulator}.
 */
package io.incidentbridge.sandbox.servicenow;
