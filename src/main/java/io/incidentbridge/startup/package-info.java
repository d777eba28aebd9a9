/**
 * Prevents an unsafe production configuration from starting: each check names the offending key.
 *
 * <p>Entry: {@link io.incidentbridge.startup.StartupChecks}; a feature adds its own by a bean that implements {@link
 * io.incidentbridge.startup.StartupCheck}.
 */
package io.incidentbridge.startup;
