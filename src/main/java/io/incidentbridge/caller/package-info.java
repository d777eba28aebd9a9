/**
 * Prevents an agent from answering blind: finds the caller and the caller's open incidents within the deadline.
 *
 * <p>Entry: {@link io.incidentbridge.caller.CallerResource}.
 */
package io.incidentbridge.caller;
