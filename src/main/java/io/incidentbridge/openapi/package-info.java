/**
 * Prevents the API from being used by guesswork: it is described by a file, which a test derives from the resources and
 * fails when it is stale. So nothing of it is computed when a replica starts (docs/adr/0012).
 *
 * <p>Entry: {@link io.incidentbridge.openapi.ApiDescription}.
 */
package io.incidentbridge.openapi;
