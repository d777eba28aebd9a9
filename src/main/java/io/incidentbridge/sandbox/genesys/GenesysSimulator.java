package io.incidentbridge.sandbox.genesys;

import io.incidentbridge.sandbox.FaultSet;
import io.incidentbridge.sandbox.LimitState;
import io.incidentbridge.sandbox.SimulatedVendor;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A Genesys Cloud organisation. Login and API hosts are one here; answers, errors and limits follow the published API
 * definition and the Python SDK generated from it. Each area of the API is a class of its own that adds its operations
 * to the {@link GenesysApi}.
 */
public class GenesysSimulator implements SimulatedVendor {

    static final String OBSERVER = "observer";

    static final String PREFIX = "/sandbox/genesys";

    private final Tokens tokens;
    private final Queues queues = new Queues();
    private final Conversations conversations;
    private final EmergencyRouting routing;
    private final EmergencyGroups groups;
    private final DataTables tables = new DataTables();
    private final Actions actions = new Actions();
    private final Changes changes;
    private final GenesysApi api;

    public GenesysSimulator(Clock clock) {
        this.tokens = new Tokens(clock);
        this.conversations = new Conversations(clock);
        this.routing = new EmergencyRouting(clock);
        this.groups = new EmergencyGroups(clock);
        this.changes = new Changes(clock);
        this.api = new GenesysApi(tokens);
        new TokenRoutes(tokens).addTo(api);
        new ConversationRoutes(conversations).addTo(api);
        new RoutingRoutes(conversations, queues, changes).addTo(api);
        new ObservationRoutes(conversations, queues).addTo(api);
        new EmergencyRoutingRoutes(routing, changes).addTo(api);
        new EmergencyGroupRoutes(groups, changes).addTo(api);
        new DataTableRoutes(tables, changes).addTo(api);
        new ActionRoutes(actions, changes).addTo(api);
    }

    @Override
    public String name() {
        return "genesys";
    }

    @Override
    public void mount(Router router) {
        new LoginRoute(tokens).mount(router);
        new ControlRoutes(conversations, queues).mount(router);
        new AdministratorRoutes(routing, groups, tables, changes).mount(router);
        api.mount(router);
    }

    @Override
    public boolean isMetered(HttpServerRequest request) {
        return request.path().startsWith(PREFIX + GenesysApi.ROOT)
                && tokens.find(request)
                        .filter(token -> OBSERVER.equals(token.client()))
                        .isEmpty();
    }

    @Override
    public String operation(String method, String path) {
        return api.operation(method, path);
    }

    /** Limits are per token: 300 a minute. */
    @Override
    public String client(HttpServerRequest request) {
        return tokens.find(request).map(Tokens.Token::value).orElse("");
    }

    @Override
    public int defaultRateLimit() {
        return 300;
    }

    @Override
    public JsonObject error(int status, long retryAfterSeconds) {
        return GenesysError.of(status, retryAfterSeconds);
    }

    @Override
    public Map<String, String> errorHeaders(JsonObject error) {
        return Map.of(GenesysError.CORRELATION_HEADER, error.getString("contextId"));
    }

    @Override
    public Map<String, String> injectedRefusalHeaders(long retryAfterSeconds) {
        return Map.of("Retry-After", Long.toString(retryAfterSeconds));
    }

    /** The {@code inin-ratelimit-*} headers are deprecated there but still sent; {@code Retry-After} only with a 429. */
    @Override
    public Map<String, String> limitHeaders(LimitState state) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("inin-ratelimit-count", Integer.toString(state.used()));
        headers.put("inin-ratelimit-allowed", Integer.toString(state.limit()));
        headers.put("inin-ratelimit-reset", Long.toString(state.resetSeconds()));
        if (!state.accepted()) {
            headers.put("Retry-After", Long.toString(state.resetSeconds()));
        }
        return headers;
    }

    @Override
    public void onFaults(FaultSet faults) {
        conversations.propagationMs(faults.propagationMs());
        routing.propagationMs(faults.propagationMs());
    }

    @Override
    public Runnable onArrival(String method, String path) {
        return changes.arrived(method, path);
    }

    @Override
    public void reset() {
        conversations.clear();
        queues.seed();
        routing.seed();
        groups.seed();
        tables.seed();
        changes.clear();
    }

    @Override
    public void revokeTokens() {
        tokens.revokeAll();
    }

    /** A call begins to wait in the service desk's queue. */
    public void startConversation(String conversationId, String ani) {
        conversations.start(conversationId, ani, Queues.SERVICE_DESK);
    }

    /** The call goes on; without effect if the conversation is unknown or further already. */
    public void moveConversation(String conversationId, ConversationState state) {
        conversations.find(conversationId).ifPresent(conversation -> conversation.tryMove(state));
    }
}
