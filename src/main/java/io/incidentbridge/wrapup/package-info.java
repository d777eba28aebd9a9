/**
 * Prevents a finished call from leaving no ticket, or two: every wrap-up is kept durably, decided once per conversation, and
 * driven to one incident whatever breaks on the way.
 *
 * <p>Entry: {@link io.incidentbridge.wrapup.WrapUpResource}.
 */
package io.incidentbridge.wrapup;
