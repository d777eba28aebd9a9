// The script as the instance would run it, with the platform's objects replaced: node --test
const { test } = require('node:test')
const assert = require('node:assert')
const crypto = require('node:crypto')
const fs = require('node:fs')
const path = require('node:path')
const vm = require('node:vm')

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const RECORD = {
    sys_id: '62826bf03710200044e0bfc8bcbe5df1',
    number: 'INC0010001',
    sys_mod_count: '7',
    sys_updated_on: '2026-11-22 09:30:00',
    priority: '1',
    state: '2',
    active: '1',
    category: 'network',
}

function instance(statuses, secret = SECRET) {
    const sent = []
    const errors = []
    class RESTMessageV2 {
        constructor() {
            this.headers = {}
        }
        disableForcedVariableSubstitution() {}
        setHttpTimeout() {}
        setEndpoint(url) {
            this.url = url
        }
        setRequestHeader(name, value) {
            this.headers[name] = value
        }
        setRequestBody(body) {
            this.body = body
        }
        execute() {
            sent.push(this)
            const status = statuses.shift()
            if (status === 'unreachable') {
                throw new Error(status)
            }
            return { getStatusCode: () => status }
        }
    }
    const platform = vm.createContext({
        Class: {
            create: () =>
                function () {},
        },
        gs: {
            getProperty: (name) => (name.endsWith('url') ? 'https://bridge.example/v1/webhooks/servicenow/acme' : secret),
            error: (text) => errors.push(text),
        },
        sn_ws: { RESTMessageV2 },
        CertificateEncryption: class {
            generateMac(key, algorithm, data) {
                assert.strictEqual(algorithm, 'HmacSHA256')
                return crypto.createHmac('sha256', Buffer.from(key, 'base64')).update(data).digest('base64')
            }
        },
        GlideDateTime: class {
            getNumericValue() {
                return 1614265330123
            }
        },
    })
    vm.runInContext(fs.readFileSync(path.join(__dirname, '../src/scripts/IncidentWebhook.js'), 'utf8'), platform)
    return { webhook: new platform.IncidentWebhook(), sent, errors }
}

const incident = { getUniqueValue: () => RECORD.sys_id, getValue: (field) => RECORD[field] }

test('signs the published vector of Standard Webhooks', () => {
    const { webhook } = instance([])
    assert.strictEqual(
        webhook.signature('msg_p5jXN8AQM9LWM0D4loKWxJek', '1614265330', SECRET, '{"test": 2432232314}'),
        'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='
    )
})

test('sends ids and codes under an id of the change', () => {
    const { webhook, sent } = instance([202])
    assert.strictEqual(webhook.send(incident, 'priority_changed'), true)
    assert.strictEqual(sent[0].headers['webhook-id'], RECORD.sys_id + '_7_priority_changed')
    assert.strictEqual(sent[0].headers['webhook-timestamp'], '1614265330')
    const body = JSON.parse(sent[0].body)
    assert.strictEqual(body.type, 'incident.priority_changed')
    assert.strictEqual(body.timestamp, '2026-11-22T09:30:00Z')
    assert.strictEqual(body.data.priority, '1')
    assert.strictEqual(body.data.active, 'true')
})

test('tries again what may succeed, and nothing else', () => {
    const busy = instance([503, 'unreachable', 202])
    assert.strictEqual(busy.webhook.send(incident, 'updated'), true)
    assert.strictEqual(busy.sent.length, 3)
    const refused = instance([401, 202])
    assert.strictEqual(refused.webhook.send(incident, 'updated'), false)
    assert.strictEqual(refused.sent.length, 1)
    assert.strictEqual(refused.errors.length, 1)
})

test('sends nothing without a secret', () => {
    const { webhook, sent, errors } = instance([202], '')
    assert.strictEqual(webhook.send(incident, 'updated'), false)
    assert.strictEqual(sent.length, 0)
    assert.strictEqual(errors.length, 1)
})
