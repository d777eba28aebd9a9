/**
 * Prevents a request without a credential, or with the wrong right, from reaching a flow, and a caller's number from
 * reaching a log or a key in Redis.
 *
 * <p>Entry: resources carry {@code @RolesAllowed} with a constant of {@link io.incidentbridge.security.Rights}; {@link
 * io.incidentbridge.security.KeyedHash} and {@link io.incidentbridge.security.Masked} hide personal data.
 */
package io.incidentbridge.security;
