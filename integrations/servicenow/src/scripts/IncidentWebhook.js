/**
 * Tells Incident Bridge that an incident has changed: a Standard Webhook (https://www.standardwebhooks.com) of ids and
 * codes. It is a hint, the bridge reads the incident again. Called by asynchronous business rules, so nobody waits for it.
 *
 * Only ASCII is sent: how generateMac encodes other characters is not documented.
 */
var IncidentWebhook = Class.create();

IncidentWebhook.prototype = {
    REST_MESSAGE: 'Incident Bridge',
    REST_FUNCTION: 'Webhook',
    URL: 'x_ibridge.webhook_url',
    SECRET: 'x_ibridge.webhook_secret',
    PREFIX: 'whsec_',
    TIMEOUT_MS: 10000,
    ATTEMPTS: 3,

    /**
     * @param {GlideRecord} incident as it is now
     * @param {string} event created, updated, priority_changed or reopened
     */
    send: function (incident, event) {
        var url = gs.getProperty(this.URL, '');
        var secret = gs.getProperty(this.SECRET, '');
        if (!url || secret.indexOf(this.PREFIX) !== 0) {
            gs.error('Incident Bridge: set ' + this.URL + ' and ' + this.SECRET + ' (whsec_...)');
            return false;
        }
        // The same for every attempt, another one for every change; without a dot, which separates what is signed.
        var id = incident.getUniqueValue() + '_' + incident.getValue('sys_mod_count') + '_' + event;
        var body = this.body(incident, event);
        for (var attempt = 1; attempt <= this.ATTEMPTS; attempt++) {
            var status = this.post(url, id, this.seconds(), secret, body);
            if (status >= 200 && status < 300) {
                return true;
            }
            if (status !== 0 && status !== 408 && status !== 429 && status < 500) {
                break;
            }
        }
        gs.error('Incident Bridge: not delivered, last status ' + status + ', incident ' + incident.getValue('number'));
        return false;
    },

    body: function (incident, event) {
        return JSON.stringify({
            type: 'incident.' + event,
            timestamp: incident.getValue('sys_updated_on').replace(' ', 'T') + 'Z',
            data: {
                table: 'incident',
                sys_id: incident.getUniqueValue(),
                number: incident.getValue('number'),
                sys_mod_count: incident.getValue('sys_mod_count'),
                operation: event === 'created' ? 'insert' : 'update',
                priority: incident.getValue('priority'),
                state: incident.getValue('state'),
                active: incident.getValue('active') === '1' ? 'true' : 'false',
                category: incident.getValue('category')
            }
        });
    },

    /** Signed anew for every attempt, as the time of the attempt is part of it. */
    post: function (url, id, seconds, secret, body) {
        try {
            var request = new sn_ws.RESTMessageV2(this.REST_MESSAGE, this.REST_FUNCTION);
            request.disableForcedVariableSubstitution();
            request.setEndpoint(url);
            request.setHttpTimeout(this.TIMEOUT_MS);
            request.setRequestHeader('Content-Type', 'application/json');
            request.setRequestHeader('webhook-id', id);
            request.setRequestHeader('webhook-timestamp', seconds);
            request.setRequestHeader('webhook-signature', this.signature(id, seconds, secret, body));
            request.setRequestBody(body);
            return request.execute().getStatusCode();
        } catch (unreachable) {
            return 0;
        }
    },

    /** The key is base64 already, without its prefix, and so is what generateMac returns. */
    signature: function (id, seconds, secret, body) {
        var key = secret.substring(this.PREFIX.length);
        return 'v1,' + new CertificateEncryption().generateMac(key, 'HmacSHA256', id + '.' + seconds + '.' + body);
    },

    seconds: function () {
        return String(Math.floor(new GlideDateTime().getNumericValue() / 1000));
    },

    type: 'IncidentWebhook'
};
