package io.incidentbridge.sandbox.servicenow;

import io.incidentbridge.sandbox.Signatures;
import io.incidentbridge.sandbox.WebhookSender;
import io.incidentbridge.sandbox.Webhooks;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The asynchronous business rules of integrations/servicenow: each runs after a change that its filter matches, and
 * sends a Standard Webhook of ids and codes.
 */
final class IncidentWebhook {

    private static final String BASE64_SECRET = "c2FuZGJveC1zZXJ2aWNlbm93LXNlY3JldC0zMmI=";
    private static final String CRITICAL = "1";
    private static final Set<String> OVER = Set.of("6", "7", "8");
    private static final Set<String> OPEN = Set.of("1", "2", "3");
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
        if (!change.table().equals("incident")) {
            return;
        }
        for (Rule rule : Rule.values()) {
            if (rule.matches(change)) {
                send(change, rule.event());
            }
        }
    }

    private void send(RecordChange change, String event) {
        Map<String, String> record = change.after();
        JsonObject data = new JsonObject()
                .put("table", "incident")
                .put("sys_id", change.sysId())
                .put("number", record.get("number"))
                .put("sys_mod_count", record.get("sys_mod_count"))
                .put("operation", change.before().isEmpty() ? "insert" : "update")
                .put("priority", record.get("priority"))
                .put("state", record.get("state"))
                .put("active", record.get("active"))
                .put("category", record.get("category"));
        Buffer body = new JsonObject()
                .put("type", "incident." + event)
                .put("timestamp", record.get("sys_updated_on").replace(' ', 'T') + "Z")
                .put("data", data)
                .toBuffer();
        String id = change.sysId() + "_" + record.get("sys_mod_count") + "_" + event;
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

    /** The app's rules, each with the filter of its own; an update may match several, and each sends a delivery. */
    private enum Rule {
        PRIORITY_CHANGED {
            @Override
            boolean matches(RecordChange change) {
                return isUpdate(change) && changes(change, "priority");
            }
        },
        CREATED {
            @Override
            boolean matches(RecordChange change) {
                return !isUpdate(change) && CRITICAL.equals(change.after().get("priority"));
            }
        },
        UPDATED {
            @Override
            boolean matches(RecordChange change) {
                return isUpdate(change) && changes(change, "state");
            }
        },
        REOPENED {
            @Override
            boolean matches(RecordChange change) {
                return isUpdate(change)
                        && OVER.contains(change.before().getOrDefault("state", ""))
                        && OPEN.contains(change.after().getOrDefault("state", ""));
            }
        };

        abstract boolean matches(RecordChange change);

        String event() {
            return name().toLowerCase(Locale.ROOT);
        }

        private static boolean isUpdate(RecordChange change) {
            return !change.before().isEmpty();
        }

        private static boolean changes(RecordChange change, String column) {
            return !change.before()
                    .getOrDefault(column, "")
                    .equals(change.after().getOrDefault(column, ""));
        }
    }
}
