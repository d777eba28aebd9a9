/**
 * Prevents an error from leaving the bridge as anything but an RFC 9457 problem that names the field and the rule.
 *
 * <p>Entry: {@link io.incidentbridge.problem.Problem}.
 */
package io.incidentbridge.problem;
