import { BusinessRule, Property, RestMessage, ScriptInclude } from '@servicenow/sdk/core'

Property({
    $id: Now.ID['webhook-url'],
    name: 'x_ibridge.webhook_url',
    type: 'string',
    value: '',
    description: 'https://<bridge>/v1/webhooks/servicenow/<name>',
    isPrivate: true,
    roles: { read: ['admin'], write: ['admin'] },
})

Property({
    $id: Now.ID['webhook-secret'],
    name: 'x_ibridge.webhook_secret',
    type: 'password2',
    value: '',
    description: 'whsec_ and base64 of 24 to 64 random bytes, the same as in the bridge',
    isPrivate: true,
    roles: { read: ['admin'], write: ['admin'] },
})

RestMessage({
    $id: Now.ID['rest-message'],
    name: 'Incident Bridge',
    // Replaced by the property at run time.
    endpoint: 'https://bridge.invalid/v1/webhooks/servicenow/name',
    description: 'Signed webhooks about changed incidents',
    authenticationType: 'noAuthentication',
    functions: [
        {
            name: 'Webhook',
            httpMethod: 'POST',
        },
    ],
})

ScriptInclude({
    $id: Now.ID['incident-webhook'],
    name: 'IncidentWebhook',
    description: 'Sends signed webhooks about incidents to Incident Bridge',
    script: Now.include('../scripts/IncidentWebhook.js'),
    active: true,
})

// Asynchronous rules know no previous record, but their filter does; hence a rule for each event.
BusinessRule({
    $id: Now.ID['priority-changed'],
    name: 'Incident Bridge: priority changed',
    table: 'incident',
    when: 'async',
    action: ['update'],
    filterCondition: 'priorityVALCHANGES',
    script: "new IncidentWebhook().send(current, 'priority_changed');",
    order: 1000,
    active: true,
})

BusinessRule({
    $id: Now.ID['critical-created'],
    name: 'Incident Bridge: critical created',
    table: 'incident',
    when: 'async',
    action: ['insert'],
    filterCondition: 'priority=1',
    script: "new IncidentWebhook().send(current, 'created');",
    order: 1000,
    active: true,
})

BusinessRule({
    $id: Now.ID['state-changed'],
    name: 'Incident Bridge: state changed',
    table: 'incident',
    when: 'async',
    action: ['update'],
    filterCondition: 'stateVALCHANGES',
    script: "new IncidentWebhook().send(current, 'updated');",
    order: 1000,
    active: true,
})

BusinessRule({
    $id: Now.ID['reopened'],
    name: 'Incident Bridge: reopened',
    table: 'incident',
    when: 'async',
    action: ['update'],
    filterCondition: 'stateCHANGESFROM6^ORstateCHANGESFROM7^ORstateCHANGESFROM8^stateIN1,2,3',
    script: "new IncidentWebhook().send(current, 'reopened');",
    order: 1000,
    active: true,
})
