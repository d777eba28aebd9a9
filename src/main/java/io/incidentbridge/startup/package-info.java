/**
 * Prevents an unsafe production configuration from starting, each check naming the offending key, and a replica that
 * stops from cutting callers off.
 *
 * <p>Entry: {@link io.incidentbridge.startup.StartupChecks}; a feature adds its own by a bean that implements {@link
 * io.incidentbridge.startup.StartupCheck}. {@link io.incidentbridge.startup.Draining} is the way out.
 */
package io.incidentbridge.startup;
