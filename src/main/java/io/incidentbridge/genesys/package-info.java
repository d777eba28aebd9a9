/**
 * Prevents Genesys Cloud's wire format, tokens and limits from reaching a flow.
 *
 * <p>Entry: {@link io.incidentbridge.genesys.GenesysConnector}.
 */
package io.incidentbridge.genesys;
