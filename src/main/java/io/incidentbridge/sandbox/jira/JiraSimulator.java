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
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A Jira site: {@code GET /rest/api/3/issue/{key}} for {@code sandbox}/{@code sandbox}, an admin webhook on each change,
 * and controls that open and change issues. Deliveries follow developer.atlassian.com/cloud/jira/platform/webhooks, with
 * pauses of seconds instead of minutes; they keep no order.
 */
public class JiraSimulator extends IncidentTool {

    static final String SECRET = "sandbox-jira-secret";

    private static final String OBSERVER = "observer";
    private static final Set<String> CATEGORIES = Set.of("new", "indeterminate", "done");
    private static final Set<Integer> RETRIED = Set.of(408, 409, 425, 429);
    private static final long PATIENCE_MS = 20_000;
    private static final long[] PAUSES_MS = {500, 1_000, 2_000, 4_000, 4_000};

    private final Clock clock;
    private final Map<String, Issue> issues = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();

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
        Issue issue = issues.get(ctx.pathParam("key"));
        if (client(ctx.request()).isEmpty() || issue == null) {
            Replies.json(ctx, 404, error("Issue does not exist or you do not have permission to see it."));
        } else {
            Replies.json(ctx, 200, issue.toJson());
        }
    }

    private void create(RoutingContext ctx) {
        StrictJson json = StrictJson.parse(ctx.body().buffer(), Set.of("project", "summary", "priority", "type"));
        int number = numbers.incrementAndGet();
        String key = json.text("project", "OPS") + "-" + number;
        Issue issue = new Issue(
                10_000 + number,
                key,
                json.text("summary", "Something is broken"),
                json.text("priority", "Medium"),
                json.text("type", "[System] Incident"),
                "new",
                clock.instant());
        issues.put(key, issue);
        tell(issue, "jira:issue_created", new JsonArray());
        Replies.json(ctx, 201, issue.toJson());
    }

    private void change(RoutingContext ctx) {
        StrictJson json = StrictJson.parse(ctx.body().buffer(), Set.of("statusCategory", "priority"));
        Issue before = issues.get(ctx.pathParam("key"));
        String category = before == null ? "" : json.text("statusCategory", before.category());
        if (before == null) {
            Replies.problem(ctx, 404, "Not Found", "There is no such issue");
        } else if (!CATEGORIES.contains(category)) {
            Replies.problem(ctx, 400, "Bad Request", "'statusCategory' must be new, indeterminate or done");
        } else {
            Issue after = before.with(json.text("priority", before.priority()), category, clock.instant());
            issues.put(after.key(), after);
            tell(after, "jira:issue_updated", changes(before, after));
            Replies.json(ctx, 200, after.toJson());
        }
    }

    private static JsonArray changes(Issue before, Issue after) {
        JsonArray items = new JsonArray();
        if (!before.category().equals(after.category())) {
            items.add(item("status", before.statusId(), after.statusId()));
        }
        if (!before.priority().equals(after.priority())) {
            items.add(item("priority", before.priority(), after.priority()));
        }
        return items;
    }

    private static JsonObject item(String field, String from, String to) {
        return new JsonObject()
                .put("field", field)
                .put("fieldtype", "jira")
                .put("fieldId", field)
                .put("from", from)
                .put("to", to);
    }

    private void tell(Issue issue, String type, JsonArray changes) {
        JsonObject body = new JsonObject()
                .put("timestamp", clock.millis())
                .put("webhookEvent", type)
                .put("issue_event_type_name", "issue_generic")
                .put("issue", issue.toJson());
        if (!changes.isEmpty()) {
            body.put("changelog", new JsonObject().put("id", "10124").put("items", changes));
        }
        Buffer bytes = body.toBuffer();
        String identifier = UUID.randomUUID().toString();
        tell(new Webhooks.Delivery(issue.key(), bytes, attempt -> headers(identifier, bytes, attempt)));
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
