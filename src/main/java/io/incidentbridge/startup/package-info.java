/**
 * Prevents an unsafe production configuration from starting: each check names the offending key.
 *
 * <p>Entry: {@link io.incidentbridge.startup.StartupChecks}.
 */
package io.incidentbridge.startup;
