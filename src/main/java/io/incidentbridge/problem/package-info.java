/**
 * Prevents an error from leaving the bridge as anything but an RFC 9457 problem that names the field and the rule.
 *
 * <p>Entry: {@link io.incidentbridge.problem.ProblemException}, thrown anywhere behind a resource; {@link
 * io.incidentbridge.problem.ProblemMappers} and {@link io.incidentbridge.problem.RequestEdge} write the answers.
 */
package io.incidentbridge.problem;
