/**
 * A simulated Genesys Cloud organisation with the answers, errors and limits of the real one.
 *
 * <p>Entry: {@link io.incidentbridge.sandbox.genesys.GenesysSimulator}.
 */
package io.incidentbridge.sandbox.genesys;
