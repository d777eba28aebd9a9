package io.incidentbridge.sandbox.jira;

import io.incidentbridge.sandbox.IncidentTool;
import io.incidentbridge.sandbox.LimitState;
import io.incidentbridge.sandbox.Replies;
import io.incidentbridge.sandbox.Signatures;
import io.incidentbridge.sandbox.StrictJson;
import io.incidentbridge.sandbox.Webhooks;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A Jira site: {@code GET /rest/api/3/issue/{id or key}} for {@code sandbox}/{@code sandbox}, an admin webhook on each
 * change, and controls that open and change issues. Deliveries follow
 * developer.atlassian.com/cloud/jira/platform/webhooks, with pauses of seconds instead of minutes; they keep no order.
 */
public class JiraSimulator extends IncidentTool {

    static final String SECRET = "sandbox-jira-secret";

    private static final String OBSERVER = "observer";
    private static final Set<Integer> RETRIED = Set.of(408, 409, 425, 429);
    private static final int WEBHOOKS_VERSION = 2;
    private static final int API_VERSION = 3;
    private static final long PATIENCE_MS = 20_000;
    private static final long[] PAUSES_MS = {500, 1_000, 2_000, 4_000, 4_000};

    private final Clock clock;
    private final Map<String, Issue> issues = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicInteger changelogs = new AtomicInteger(10_123);

    public JiraSimulator(Clock clock) {
        super(
                Webhooks.Rules.enduring(
                        "/v1/webhooks/jira/sandbox",
                        PATIENCE_MS,
                        status -> status >= 500 || RETRIED.contains(status),
                        PAUSES_MS),
                clock);
        this.clock = clock;
    }

    @Override
    public String name() {
        return "jira";
    }

    @Override
    protected void mountRoutes(Router router) {
        router.post("/control/issues").handler(this::create);
        router.put("/control/issues/:key").handler(this::change);
        router.get("/rest/api/3/issue/:key").handler(this::read);
    }

    @Override
    public String operation(String method, String path) {
        return path.startsWith("/rest/api/3/issue/") ? method + " issue" : method + " other";
    }

    @Override
    public String client(HttpServerRequest request) {
        String authorization = request.getHeader("Authorization");
        for (String client : new String[] {"sandbox", OBSERVER}) {
            byte[] pair = (client + ":" + client).getBytes(StandardCharsets.UTF_8);
            if (("Basic " + Base64.getEncoder().encodeToString(pair)).equals(authorization)) {
                return client;
            }
        }
        return "";
    }

    @Override
    public JsonObject error(int status, long retryAfterSeconds) {
        return error(status == 429 ? "Rate limit exceeded." : "Something went wrong.");
    }

    /** The reset is a time of day here. */
    @Override
    public Map<String, String> limitHeaders(LimitState state) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-RateLimit-Limit", Integer.toString(state.limit()));
        headers.put(
                "X-RateLimit-Reset",
                Instant.ofEpochSecond(state.resetEpochSecond()).toString().replaceFirst(":\\d\\dZ", "Z"));
        if (!state.accepted()) {
            headers.put("Retry-After", Long.toString(state.resetSeconds()));
        }
        return headers;
    }

    @Override
    protected void clear() {
        issues.clear();
    }

    /** An issue that may not be seen is as absent as one that is not there. */
    private void read(RoutingContext ctx) {
        Optional<Issue> issue = find(ctx.pathParam("key"));
        if (client(ctx.request()).isEmpty() || issue.isEmpty()) {
            Replies.json(ctx, 404, error("Issue does not exist or you do not have permission to see it."));
        } else {
            FieldSelection fields = new FieldSelection(ctx.queryParam("fields"));
            Replies.json(ctx, 200, fields.of(issue.get().toJson(API_VERSION)));
        }
    }

    private Optional<Issue> find(String idOrKey) {
        return Optional.ofNullable(issues.get(idOrKey)).or(() -> issues.values().stream()
                .filter(issue -> Integer.toString(issue.id()).equals(idOrKey))
                .findFirst());
    }

    private void create(RoutingContext ctx) {
        StrictJson json = StrictJson.parse(ctx.body().buffer(), Set.of("project", "summary", "priority", "type"));
        int number = numbers.incrementAndGet();
        String key = json.text("project", "OPS") + "-" + number;
        Instant now = clock.instant();
        Issue issue = new Issue(
                10_000 + number,
                key,
                json.text("summary", "Something is broken"),
                json.text("priority", "Medium"),
                json.text("type", "[System] Incident"),
                Category.NEW,
                now,
                now);
        issues.put(key, issue);
        tell(issue, "jira:issue_created", "issue_created", new JsonArray());
        Replies.json(ctx, 201, issue.toJson(API_VERSION));
    }

    private void change(RoutingContext ctx) {
        StrictJson json = StrictJson.parse(ctx.body().buffer(), Set.of("statusCategory", "priority"));
        Issue before = issues.get(ctx.pathParam("key"));
        if (before == null) {
            Replies.problem(ctx, 404, "Not Found", "There is no such issue");
            return;
        }
        Optional<Category> category =
                Category.of(json.text("statusCategory", before.category().key()));
        if (category.isEmpty()) {
            Replies.problem(ctx, 400, "Bad Request", "'statusCategory' must be new, indeterminate or done");
            return;
        }
        Issue after = before.with(json.text("priority", before.priority()), category.get(), clock.instant());
        issues.put(after.key(), after);
        boolean moved = before.category() != after.category();
        tell(after, "jira:issue_updated", moved ? "issue_generic" : "issue_updated", changes(before, after));
        Replies.json(ctx, 200, after.toJson(API_VERSION));
    }

    private static JsonArray changes(Issue before, Issue after) {
        JsonArray items = new JsonArray();
        if (before.category() != after.category()) {
            Category from = before.category();
            Category to = after.category();
            items.add(item("status", from.statusId(), from.statusName(), to.statusId(), to.statusName()));
        }
        if (!before.priority().equals(after.priority())) {
            items.add(item("priority", before.priorityId(), before.priority(), after.priorityId(), after.priority()));
        }
        return items;
    }

    private static JsonObject item(String field, String from, String fromString, String to, String toString) {
        return new JsonObject()
                .put("field", field)
                .put("fieldtype", "jira")
                .put("fieldId", field)
                .put("from", from)
                .put("fromString", fromString)
                .put("to", to)
                .put("toString", toString);
    }

    private void tell(Issue issue, String event, String eventType, JsonArray changes) {
        JsonObject body = new JsonObject()
                .put("timestamp", clock.millis())
                .put("webhookEvent", event)
                .put("issue_event_type_name", eventType)
                .put("user", user())
                .put("issue", issue.toJson(WEBHOOKS_VERSION));
        if (!changes.isEmpty()) {
            String id = Integer.toString(changelogs.incrementAndGet());
            body.put("changelog", new JsonObject().put("id", id).put("items", changes));
        }
        Buffer bytes = body.toBuffer();
        String identifier = UUID.randomUUID().toString();
        tell(new Webhooks.Delivery(issue.key(), bytes, attempt -> headers(identifier, bytes, attempt)));
    }

    /** Who uses the controls. */
    private static JsonObject user() {
        return new JsonObject()
                .put("self", "https://acme.atlassian.net/rest/api/2/user?accountId=5b10a2844c20165700ede21g")
                .put("accountId", "5b10a2844c20165700ede21g")
                .put("accountType", "atlassian")
                .put("displayName", "Sandbox")
                .put("active", true)
                .put("timeZone", "Europe/Berlin");
    }

    private static Map<String, String> headers(String identifier, Buffer body, int attempt) {
        Map<String, String> headers = new HashMap<>();
        headers.put("X-Hub-Signature", "sha256=" + Signatures.hex(SECRET, body));
        headers.put("X-Atlassian-Webhook-Identifier", identifier);
        headers.put("X-Atlassian-Webhook-Flow", "Primary");
        if (attempt > 0) {
            headers.put("X-Atlassian-Webhook-Retry", Integer.toString(attempt));
        }
        return headers;
    }

    private static JsonObject error(String message) {
        return new JsonObject()
                .put("errorMessages", new JsonArray().add(message))
                .put("errors", new JsonObject());
    }
}
