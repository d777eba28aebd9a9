/**
 * Prevents anyone from needing a cloud account to try the product: simulated vendors, embedded Redis, call
 * generator and fault switches. Imports nothing of the bridge's, and nothing imports it; production builds contain
 * none of it (docs/adr/0001).
 *
 * <p>Entry: {@link io.incidentbridge.sandbox.SandboxLauncher}.
 */
package io.incidentbridge.sandbox;
