/**
 * Prevents a request without a credential, or with the wrong right, from reaching a flow.
 *
 * <p>Entry: {@link io.incidentbridge.security.Rights}.
 */
package io.incidentbridge.security;
