package io.incidentbridge.sandbox.servicenow;

import io.incidentbridge.sandbox.Signatures;
import io.incidentbridge.sandbox.WebhookSender;
import io.incidentbridge.sandbox.Webhooks;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;

/**
 * The asynchronous business rule of integrations/servicenow: it runs after an update that changes an incident's priority,
 * state or activity, and after the insert of a critical one, and sends a Standard Webhook of ids and codes.
 */
final class IncidentWebhook {

    private static final String BASE64_SECRET = "c2FuZGJveC1zZXJ2aWNlbm93LXNlY3JldC0zMmI=";
    private static final String CRITICAL = "1";
    private static final long PATIENCE_MS = 10_000;
    private static final long[] PAUSES_MS = {1_000, 5_000};

    private final Clock clock;
    private final Webhooks webhooks;

    IncidentWebhook(Clock clock) {
        this.clock = clock;
        this.webhooks = new Webhooks(
                Webhooks.Rules.enduring(
                        "/v1/webhooks/servicenow/sandbox",
                        PATIENCE_MS,
                        status -> status == 408 || status == 429 || status >= 500,
                        PAUSES_MS),
                clock);
    }

    void connect(WebhookSender sender) {
        webhooks.connect(sender);
    }

    void mount(Router router) {
        webhooks.mount(router);
    }

    void reset() {
        webhooks.reset();
    }

    void on(RecordChange change) {
        if (!change.table().equals("incident") || !concerns(change)) {
            return;
        }
        Map<String, String> record = change.after();
        boolean inserted = change.before().isEmpty();
        boolean prioritised = !inserted && isChanged(change, "priority");
        String type =
                inserted ? "created" : prioritised ? "priority_changed" : reopened(change) ? "reopened" : "updated";
        JsonObject data = new JsonObject()
                .put("table", "incident")
                .put("sys_id", change.sysId())
                .put("number", record.get("number"))
                .put("sys_mod_count", record.get("sys_mod_count"))
                .put("operation", inserted ? "insert" : "update")
                .put("priority", record.get("priority"))
                .put("state", record.get("state"))
                .put("active", record.get("active"))
                .put("category", record.get("category"));
        Buffer body = new JsonObject()
                .put("type", "incident." + type)
                .put("timestamp", record.get("sys_updated_on").replace(' ', 'T') + "Z")
                .put("data", data)
                .toBuffer();
        String id = change.sysId() + "_" + record.get("sys_mod_count");
        webhooks.send(new Webhooks.Delivery(change.sysId(), body, attempt -> signed(id, body)));
    }

    /** Signed anew for each attempt, as the time of the attempt is part of it. */
    private Map<String, String> signed(String id, Buffer body) {
        long now = Instant.now(clock).getEpochSecond();
        return Map.of(
                "webhook-id", id,
                "webhook-timestamp", Long.toString(now),
                "webhook-signature", Signatures.standard(BASE64_SECRET, id, now, body));
    }

    private static boolean concerns(RecordChange change) {
        return change.before().isEmpty()
                ? CRITICAL.equals(change.after().get("priority"))
                : isChanged(change, "priority") || isChanged(change, "state") || isChanged(change, "active");
    }

    private static boolean reopened(RecordChange change) {
        return isOver(change.before()) && !isOver(change.after());
    }

    private static boolean isOver(Map<String, String> record) {
        return !"true".equals(record.get("active")) || "6".equals(record.get("state"));
    }

    private static boolean isChanged(RecordChange change, String column) {
        return !change.before().getOrDefault(column, "").equals(change.after().getOrDefault(column, ""));
    }
}
