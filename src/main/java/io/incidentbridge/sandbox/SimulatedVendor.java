package io.incidentbridge.sandbox;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A vendor simulated below {@code /sandbox/{name}}; keeps its state in memory and speaks the vendor's wire format.
 * Called from several event loops at once.
 */
public interface SimulatedVendor {

    /** The path segment and the key in the traffic counters, for example {@code servicenow}. */
    String name();

    /**
     * Adds the vendor's routes, given relative to {@code /sandbox/{name}}. Bodies are already read ({@code
     * RoutingContext.body()}), and counting, faults and limits already applied, when a route is reached.
     */
    void mount(Router router);

    /**
     * Whether the request is counted and meets faults and limits: not so for token requests and record pages. The
     * frame excepts the client {@code observer} by itself. Paths of the request are whole: {@code /sandbox/{name}/…}.
     */
    boolean isMetered(HttpServerRequest request);

    /**
     * What the traffic counters call the request, never with an id in it.
     *
     * @param path relative to {@code /sandbox/{name}}
     * @return for example {@code GET incident}
     */
    String operation(String method, String path);

    /**
     * Which client the request counts for, as the vendor counts: a token's client or a user; empty when unknown. What
     * has no client meets no limit, as the vendor is about to refuse it anyway.
     */
    String client(HttpServerRequest request);

    /**
     * What the request's limit counts together: all requests of its client, unless the vendor counts by resource as
     * well.
     *
     * @param path relative to {@code /sandbox/{name}}
     */
    default String limitedWith(String client, String path) {
        return client;
    }

    /** The vendor's own error document for a status that a fault switch produces. */
    JsonObject error(int status, long retryAfterSeconds);

    /**
     * The vendor's own error document, status 429, for a request that its limit refuses.
     *
     * @param path relative to {@code /sandbox/{name}}
     */
    default JsonObject refusal(String path, LimitState state) {
        return error(429, state.resetSeconds());
    }

    /** Headers that the vendor sends with {@link #error}, for example a correlation id that the body repeats. */
    default Map<String, String> errorHeaders(JsonObject error) {
        return Map.of();
    }

    /** Headers of a 429 that a fault switch produces rather than a limit. Unless overridden none, as at ServiceNow. */
    default Map<String, String> injectedRefusalHeaders(long retryAfterSeconds) {
        return Map.of();
    }

    /** How many requests per 60 s and client the healthy vendor accepts. */
    default int defaultRateLimit() {
        return 1_000;
    }

    /**
     * Headers that tell of the limit, on accepted and refused answers alike. Unless overridden those of ServiceNow:
     * {@code X-RateLimit-Limit} per hour, which is what the window takes times the windows of an hour, {@code
     * X-RateLimit-Reset} in epoch seconds, the rule's sys_id, {@code Retry-After} in seconds when refused, no {@code
     * Remaining} (ServiceNow documentation, "Inbound REST API rate limiting").
     */
    default Map<String, String> limitHeaders(LimitState state) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-RateLimit-Limit", Long.toString(state.perHour()));
        headers.put("X-RateLimit-Reset", Long.toString(state.resetEpochSecond()));
        headers.put("X-RateLimit-Rule", "5a0db1d24f9303003b7e1bc0e110c7aa");
        if (!state.accepted()) {
            headers.put("Retry-After", Long.toString(state.resetSeconds()));
        }
        return headers;
    }

    /**
     * Told of each metered request as it arrives, before latency and faults, for what the vendor notices about requests
     * that overlap.
     *
     * @param path relative to {@code /sandbox/{name}}
     * @return run once when the request is answered or its client has left
     */
    default Runnable onArrival(String method, String path) {
        return () -> {};
    }

    /** Told of every change of the fault set, for what only the vendor itself can act on ({@code propagationMs}). */
    default void onFaults(FaultSet faults) {}

    /** Given once, before any request, to vendors that send webhooks to the bridge. */
    default void connect(WebhookSender sender) {}

    /** Back to the seed data; tokens stay valid. */
    void reset();

    /** Makes every token issued so far invalid (the fault switch "token revocation"). */
    void revokeTokens();
}
