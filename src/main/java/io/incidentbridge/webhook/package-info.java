/**
 * Prevents an incident's event from being forged, lost or applied by accident twice: signature first, durable storage
 * before the sender's 2xx, application by any replica after it.
 *
 * <p>Entry: {@link io.incidentbridge.webhook.WebhookResource}, {@link io.incidentbridge.webhook.InboxWorker}.
 */
package io.incidentbridge.webhook;
