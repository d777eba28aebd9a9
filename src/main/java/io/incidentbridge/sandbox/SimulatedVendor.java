package io.incidentbridge.sandbox;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;

/** A vendor simulated below {@code /sandbox/{name}}; keeps its state in memory and speaks the vendor's wire format. */
public interface SimulatedVendor {

    /** The path segment and the key in the traffic counters, for example {@code servicenow}. */
    String name();

    /**
     * Adds the vendor's routes, given relative to {@code /sandbox/{name}}. Bodies are already read ({@code
     * RoutingContext.body()}), and counting, faults and limits already applied, when a route is reached.
     */
    void mount(Router router);

    /** Whether the request is counted and meets faults and limits: not so for token requests and record pages. */
    boolean isMetered(HttpServerRequest request);

    /**
     * What the traffic counters call the request, never with an id in it.
     *
     * @param path relative to {@code /sandbox/{name}}
     * @return for example {@code GET incident}
     */
    String operation(String method, String path);

    /** Which client the request counts for, as the vendor counts: a token's client or a user; empty when unknown. */
    String client(HttpServerRequest request);

    /** The vendor's own error document for a status that a fault switch or a limit produces. */
    JsonObject error(int status, long retryAfterSeconds);

    /** Back to the seed data; tokens stay valid. */
    void reset();

    /** Makes every token issued so far invalid (the fault switch "token revocation"). */
    void revokeTokens();
}
