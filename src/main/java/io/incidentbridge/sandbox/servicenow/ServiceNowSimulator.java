package io.incidentbridge.sandbox.servicenow;

import io.incidentbridge.sandbox.LimitState;
import io.incidentbridge.sandbox.Replies;
import io.incidentbridge.sandbox.SimulatedVendor;
import io.incidentbridge.sandbox.StrictJson;
import io.incidentbridge.sandbox.WebhookSender;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A ServiceNow instance in memory: OAuth, Table API, Aggregate API, encoded queries, record pages. Clients and
 * users are {@code sandbox}, {@code sandbox-emergency} and {@code observer}, each with its name as the secret.
 *
 * <p>Limits count by user and API, as rate limit rules do. The bridge's budget promises more, namely for all APIs
 * together: its tests call the Table API alone, or look at the traffic counters, which know no APIs.
 *
 * <p>Absent, and no resource here: Batch API, Import Set API, tinyurl, reading and deleting of attachments, Scripted
 * REST APIs. All answers are JSON. {@code sysparm_view}, {@code sysparm_query_category}, {@code ^LIMIT} and {@code
 * sysparm_query_no_domain} have no effect.
 */
public class ServiceNowSimulator implements SimulatedVendor {

    private final Clock clock;
    private final QueryCounters counters = new QueryCounters();
    private final Store store;
    private final RecordWriter writer;
    private final OAuthTokens tokens;
    private final Accounts accounts;
    private final Operations operations;
    private final IncidentWebhook webhook;
    private int generatedUsers;

    public ServiceNowSimulator(Clock clock) {
        this(clock, Map.of());
    }

    /** @param customColumns further text columns by table, for example {@code incident} with {@code u_site} */
    public ServiceNowSimulator(Clock clock, Map<String, List<String>> customColumns) {
        this.clock = clock;
        this.store = new Store(Schemas.all(customColumns));
        this.writer = new RecordWriter(store, clock);
        this.tokens = new OAuthTokens(clock);
        this.accounts = new Accounts(tokens);
        this.operations = new Operations(store);
        this.webhook = new IncidentWebhook(clock);
        writer.onChange(webhook::on);
        reset();
    }

    @Override
    public String name() {
        return "servicenow";
    }

    @Override
    public void mount(Router router) {
        Filters filters = new Filters(store, counters);
        ApiRoutes api = new ApiRoutes(
                accounts,
                new TableApi(store, writer, filters),
                new AggregateApi(store, filters),
                new AttachmentApi(store, writer));
        RecordPages pages = new RecordPages(store);
        router.post("/oauth_token.do").handler(new OAuthEndpoint(tokens, clock)::handle);
        router.route("/api/now/*").handler(api::handle);
        router.route("/api/*").handler(api::refuse);
        router.get("/sandbox-state").handler(this::state);
        router.post("/sandbox-seed").blockingHandler(this::seed);
        router.route("/sandbox-rules").failureHandler(Replies::failure);
        router.put("/sandbox-rules").handler(this::rule);
        webhook.mount(router);
        pages.mount(router);
    }

    @Override
    public void connect(WebhookSender sender) {
        webhook.connect(sender);
    }

    @Override
    public boolean isMetered(HttpServerRequest request) {
        return request.path().contains("/api/") && !client(request).equals(Accounts.OBSERVER);
    }

    @Override
    public String operation(String method, String path) {
        return operations.name(method, path);
    }

    @Override
    public String client(HttpServerRequest request) {
        return accounts.authenticate(request.getHeader("Authorization"))
                .map(Account::userName)
                .orElse("");
    }

    @Override
    public String limitedWith(String client, String path) {
        return client + ", " + Operations.api(path);
    }

    @Override
    public JsonObject error(int status, long retryAfterSeconds) {
        return FaultBodies.of(status);
    }

    @Override
    public JsonObject refusal(String path, LimitState state) {
        return FaultBodies.limited(Operations.api(path), state.perHour());
    }

    @Override
    public final void reset() {
        store.write(() -> {
            generatedUsers = 0;
            store.rules(InstanceRules.DEFAULT);
            new Seed(store, writer, clock).plant();
            return null;
        });
        counters.reset();
        webhook.reset();
    }

    @Override
    public void revokeTokens() {
        tokens.revokeAll();
    }

    /** Calls the listener after every insert and update that a client makes. */
    public void onChange(Consumer<RecordChange> listener) {
        writer.onChange(listener);
    }

    /** Adds that many users more, each with a number of their own. */
    public void addGeneratedUsers(int count) {
        TableSchema schema = store.schema("sys_user").orElseThrow();
        String createdOn = Seed.createdOn(clock);
        store.write(() -> {
            for (int i = 0; i < count; i++) {
                store.insert(GeneratedUsers.user(schema, generatedUsers++, createdOn));
            }
            return null;
        });
    }

    /** How often a query made the server run a script. */
    public long javascriptEvaluations() {
        return counters.javascriptEvaluations();
    }

    /** How many terms of queries were dropped for being invalid, each of which widens what its query finds. */
    public long ignoredTerms() {
        return counters.ignoredTerms();
    }

    private void state(RoutingContext context) {
        HttpAnswers.json(
                context,
                200,
                new JsonObject()
                        .put("javascriptEvaluations", javascriptEvaluations())
                        .put("ignoredTerms", ignoredTerms())
                        .put("users", store.count("sys_user"))
                        .put("incidents", store.count("incident"))
                        .put("journalEntries", store.count("sys_journal_field")));
    }

    /** Makes the instance differ from one out of the box until the next reset. */
    private void rule(RoutingContext context) {
        store.rules(InstanceRules.parse(StrictJson.parse(context.body().buffer(), InstanceRules.names())));
        Replies.json(context, 200, store.rules().toJson());
    }

    private void seed(RoutingContext context) {
        String users = UrlEncoded.parse(context.request().query()).getOrDefault("users", "");
        if (!users.matches("\\d{1,7}") || Integer.parseInt(users) > GeneratedUsers.MAXIMUM) {
            HttpAnswers.json(context, 400, ApiException.body("users must be 0 to " + GeneratedUsers.MAXIMUM, null));
            return;
        }
        addGeneratedUsers(Integer.parseInt(users));
        state(context);
    }
}
