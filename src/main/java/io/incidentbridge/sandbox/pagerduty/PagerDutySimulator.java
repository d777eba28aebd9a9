package io.incidentbridge.sandbox.pagerduty;

import io.incidentbridge.sandbox.IncidentTool;
import io.incidentbridge.sandbox.LimitState;
import io.incidentbridge.sandbox.Replies;
import io.incidentbridge.sandbox.Signatures;
import io.incidentbridge.sandbox.StrictJson;
import io.incidentbridge.sandbox.Webhooks;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A PagerDuty account: {@code GET /incidents/{id or number}} for the token {@code sandbox}, V3 webhooks on each change,
 * and controls that trigger and change incidents. Deliveries follow docs/webhooks/02-Behavior.md, with pauses of seconds
 * instead of minutes.
 */
public class PagerDutySimulator extends IncidentTool {

    static final String SECRET = "sandbox-pagerduty-secret";

    private static final String OBSERVER = "observer";
    private static final String TOKEN = "Token token=";
    private static final Set<String> CLIENTS = Set.of("sandbox", OBSERVER);
    private static final Set<String> STATUSES = Set.of("triggered", "acknowledged", "resolved");
    private static final long PATIENCE_MS = 5_000;
    private static final int MOST_DROPS = 3;
    private static final Duration DISABLED_FOR = Duration.ofHours(24);
    private static final long[] PAUSES_MS = {500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000, 8_000};

    private final Clock clock;
    private final Map<String, Incident> incidents = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();

    public PagerDutySimulator(Clock clock) {
        super(
                new Webhooks.Rules(
                        "/v1/webhooks/pagerduty/sandbox",
                        PATIENCE_MS,
                        status -> status == 429 || status >= 500,
                        PAUSES_MS,
                        true,
                        MOST_DROPS,
                        DISABLED_FOR),
                clock);
        this.clock = clock;
    }

    @Override
    public String name() {
        return "pagerduty";
    }

    @Override
    protected void mountRoutes(Router router) {
        router.post("/control/incidents").handler(this::trigger);
        router.put("/control/incidents/:id").handler(this::change);
        router.get("/incidents/:id").handler(this::read);
    }

    @Override
    public String operation(String method, String path) {
        return path.startsWith("/incidents/") ? method + " incident" : method + " other";
    }

    @Override
    public String client(HttpServerRequest request) {
        String authorization = request.getHeader("Authorization");
        String token = authorization == null || !authorization.startsWith(TOKEN)
                ? ""
                : authorization.substring(TOKEN.length());
        return CLIENTS.contains(token) ? token : "";
    }

    @Override
    public int defaultRateLimit() {
        return 960;
    }

    @Override
    public JsonObject error(int status, long retryAfterSeconds) {
        return PagerDutyError.of(status);
    }

    @Override
    public Map<String, String> limitHeaders(LimitState state) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ratelimit-limit", Integer.toString(state.limit()));
        headers.put("ratelimit-remaining", Integer.toString(Math.max(0, state.limit() - state.used())));
        headers.put("ratelimit-reset", Long.toString(state.resetSeconds()));
        return headers;
    }

    @Override
    protected void clear() {
        incidents.clear();
    }

    private void read(RoutingContext ctx) {
        Optional<Incident> incident = find(ctx.pathParam("id"));
        if (client(ctx.request()).isEmpty()) {
            Replies.json(ctx, 401, PagerDutyError.of(401));
        } else if (incident.isEmpty()) {
            Replies.json(ctx, 404, PagerDutyError.of(404));
        } else {
            Replies.json(
                    ctx, 200, new JsonObject().put("incident", incident.get().toJson()));
        }
    }

    private Optional<Incident> find(String idOrNumber) {
        return Optional.ofNullable(incidents.get(idOrNumber)).or(() -> incidents.values().stream()
                .filter(incident -> Integer.toString(incident.number()).equals(idOrNumber))
                .findFirst());
    }

    private void trigger(RoutingContext ctx) {
        StrictJson json = StrictJson.parse(ctx.body().buffer(), Set.of("title", "service", "priority", "type"));
        String id = "P"
                + UUID.randomUUID().toString().replace("-", "").substring(0, 13).toUpperCase(Locale.ROOT);
        Incident incident = new Incident(
                id,
                numbers.incrementAndGet(),
                json.text("title", "Something is broken"),
                json.text("service", "API Service"),
                json.text("priority", ""),
                json.text("type", "incident_default"),
                "triggered",
                Times.of(clock.instant()));
        incidents.put(id, incident);
        tell(incident, "incident.triggered");
        Replies.json(ctx, 201, incident.toJson());
    }

    private void change(RoutingContext ctx) {
        StrictJson json = StrictJson.parse(ctx.body().buffer(), Set.of("status", "priority"));
        Incident before = incidents.get(ctx.pathParam("id"));
        if (before == null) {
            Replies.problem(ctx, 404, "Not Found", "There is no such incident");
            return;
        }
        String status = json.text("status", before.status());
        if (!STATUSES.contains(status)) {
            Replies.problem(ctx, 400, "Bad Request", "'status' must be triggered, acknowledged or resolved");
            return;
        }
        Incident after = before.with(status, json.text("priority", before.priority()), clock.instant());
        incidents.put(after.id(), after);
        if (!status.equals(before.status())) {
            tell(after, statusEvent(before.status(), status));
        }
        if (!after.priority().equals(before.priority())) {
            tell(after, "incident.priority_updated");
        }
        Replies.json(ctx, 200, after.toJson());
    }

    private static String statusEvent(String before, String after) {
        return switch (after) {
            case "resolved" -> "incident.resolved";
            case "acknowledged" -> "incident.acknowledged";
            default -> before.equals("resolved") ? "incident.reopened" : "incident.unacknowledged";
        };
    }

    private void tell(Incident incident, String type) {
        JsonObject event = new JsonObject()
                .put("id", UUID.randomUUID().toString())
                .put("event_type", type)
                .put("resource_type", "incident")
                .put(
                        "occurred_at",
                        clock.instant().truncatedTo(ChronoUnit.MILLIS).toString())
                .put("agent", null)
                .put("client", null)
                .put("data", incident.toEventData());
        Buffer body = new JsonObject().put("event", event).toBuffer();
        Map<String, String> headers = Map.of(
                "X-PagerDuty-Signature",
                "v1=" + Signatures.hex(SECRET, body),
                "X-Webhook-Id",
                UUID.randomUUID().toString());
        tell(new Webhooks.Delivery(incident.id(), body, attempt -> headers));
    }
}
