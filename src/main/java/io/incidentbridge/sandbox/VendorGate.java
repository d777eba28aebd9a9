package io.incidentbridge.sandbox;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Clock;

/**
 * What stands before a simulated vendor: count, limit, body, latency and fault, then the vendor's own routes.
 *
 * <p>The limit looks at a request when it arrives, before any latency: otherwise a random latency would bunch requests
 * that were sent within the limit. The body is read before the latency: a client that gives up meanwhile finds its
 * work done all the same, as with a real vendor.
 */
final class VendorGate implements Handler<RoutingContext> {

    private static final String OBSERVER = "observer";
    private static final long INJECTED_RETRY_SECONDS = 1;
    private static final long LARGEST_BODY = 16L * 1_024 * 1_024;

    private final SimulatedVendor vendor;
    private final String prefix;
    private final Clock clock;
    private final FaultDice dice;
    private final Router inner;
    private final SlidingLimit limit = new SlidingLimit();
    private final TrafficCounter traffic = new TrafficCounter();
    private volatile FaultSet faults;

    VendorGate(Vertx vertx, SimulatedVendor vendor, Clock clock, FaultDice dice) {
        this.vendor = vendor;
        this.prefix = "/sandbox/" + vendor.name();
        this.clock = clock;
        this.dice = dice;
        this.faults = FaultSet.healthy(vendor.defaultRateLimit());
        this.inner = Router.router(vertx);
        Router routes = Router.router(vertx);
        vendor.mount(routes);
        inner.route().handler(BodyHandler.create(false).setBodyLimit(LARGEST_BODY));
        inner.route().handler(this::suffer);
        inner.route(prefix + "/*").subRouter(routes);
        inner.route()
                .failureHandler(ctx -> answer(ctx.response(), ctx.statusCode(), vendor.error(ctx.statusCode(), 0)));
    }

    SimulatedVendor vendor() {
        return vendor;
    }

    TrafficCounter traffic() {
        return traffic;
    }

    FaultSet faults() {
        return faults;
    }

    void faults(FaultSet changed) {
        faults = changed;
        vendor.onFaults(changed);
    }

    @Override
    public void handle(RoutingContext ctx) {
        HttpServerRequest request = ctx.request();
        String client = vendor.client(request);
        if (OBSERVER.equals(client) || !vendor.isMetered(request)) {
            inner.handle(request);
            return;
        }
        long now = clock.millis();
        FaultSet current = faults;
        TrafficCounter.Arrival arrival =
                traffic.arrived(vendor.operation(request.method().name(), relativePath(request)), now);
        if (!client.isEmpty() && !admit(request, client, current, arrival, now)) {
            return;
        }
        Runnable over = vendor.onArrival(request.method().name(), relativePath(request));
        ctx.addEndHandler(ended -> over.run());
        Fault fault = dice.fault(current);
        if (fault == Fault.HANG) {
            arrival.answered(TrafficCounter.NO_REPLY);
            request.resume();
            return;
        }
        inner.handle(new MeteredRequest(request, new MeteredResponse(request, arrival, fault)));
    }

    private boolean admit(
            HttpServerRequest request, String client, FaultSet current, TrafficCounter.Arrival arrival, long now) {
        String path = relativePath(request);
        LimitState state = limit.tryAccept(vendor.limitedWith(client, path), current, now);
        if (current.rateLimitHeaders()) {
            vendor.limitHeaders(state).forEach(request.response()::putHeader);
        }
        if (state.accepted()) {
            return true;
        }
        arrival.answered(429);
        request.resume();
        answer(
                request.response(),
                429,
                current.rateLimitHeaders() ? vendor.refusal(path, state) : vendor.error(429, state.resetSeconds()));
        return false;
    }

    /** Latency and injected failures; what spoils the reply of done work is up to {@link MeteredResponse}. */
    private void suffer(RoutingContext ctx) {
        if (!(ctx.request().response() instanceof MeteredResponse response)) {
            ctx.next();
            return;
        }
        FaultSet current = faults;
        long latency = dice.latencyMs(current);
        Handler<Long> then = ignored -> {
            if (response.fault() == Fault.FAIL) {
                fail(response, current);
            } else {
                ctx.next();
            }
        };
        if (latency == 0) {
            then.handle(0L);
        } else {
            ctx.vertx().setTimer(latency, then);
        }
    }

    private void fail(HttpServerResponse response, FaultSet current) {
        int status = current.failureStatus();
        if (status == 429 && current.rateLimitHeaders()) {
            vendor.injectedRefusalHeaders(INJECTED_RETRY_SECONDS).forEach(response::putHeader);
        }
        answer(response, status, vendor.error(status, INJECTED_RETRY_SECONDS));
    }

    private void answer(HttpServerResponse response, int status, JsonObject error) {
        vendor.errorHeaders(error).forEach(response::putHeader);
        response.setStatusCode(status)
                .putHeader("Content-Type", "application/json;charset=UTF-8")
                .end(error.toBuffer());
    }

    private String relativePath(HttpServerRequest request) {
        String path = request.path();
        return path.length() == prefix.length() ? "/" : path.substring(prefix.length());
    }
}
