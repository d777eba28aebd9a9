/**
 * Prevents a caller whose ticket has become critical from waiting at the end of the queue.
 *
 * <p>Entry: {@link io.incidentbridge.priority.PriorityEscalation}.
 */
package io.incidentbridge.priority;
