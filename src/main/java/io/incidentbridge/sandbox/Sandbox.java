package io.incidentbridge.sandbox;

import io.incidentbridge.sandbox.genesys.GenesysSimulator;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Everything below {@code /sandbox}: the simulated vendors behind their gates, fault switches, traffic and calls. */
final class Sandbox {

    private Supplier<Future<Void>> afterReset = Future::succeededFuture;
    private final Map<String, VendorGate> gates = new LinkedHashMap<>();
    private final Router router;
    private final CallGenerator calls;
    private final Tours tours;
    private volatile URI toldBridge;

    Sandbox(
            Vertx vertx,
            List<SimulatedVendor> vendors,
            Clock clock,
            RandomGenerator random,
            CallGenerator.Targets targets) {
        this.router = Router.router(vertx);
        FaultDice dice = new FaultDice(random);
        Supplier<URI> bridge = () -> Optional.ofNullable(toldBridge).orElseGet(targets.bridge());
        // What it draws must not change which requests meet a fault.
        WebhookSender sender = new WebhookSender(vertx, bridge, new Random(VendorServer.SEED));
        GenesysSimulator genesys = null;
        for (SimulatedVendor vendor : vendors) {
            gates.put(vendor.name(), new VendorGate(vertx, vendor, clock, dice));
            vendor.connect(sender);
            genesys = vendor instanceof GenesysSimulator simulator ? simulator : genesys;
        }
        // Callers draw from a generator of their own, so that they do not change which requests meet a fault.
        CallGenerator.Targets told = new CallGenerator.Targets(bridge, targets.vendors());
        this.calls = new CallGenerator(vertx, genesys, told, new Random(random.nextLong()));
        this.tours = new Tours(vertx, calls, bridge, targets.vendors());
        mount();
    }

    /** What a reset waits for, beyond the vendors. */
    Sandbox afterReset(Supplier<Future<Void>> then) {
        afterReset = then;
        return this;
    }

    /** Paths begin with {@code /sandbox}. */
    Router router() {
        return router;
    }

    private void mount() {
        gates.forEach((name, gate) -> router.route("/sandbox/" + name + "/*").handler(gate));
        router.route("/sandbox/*").handler(BodyHandler.create(false)).failureHandler(Replies::failure);
        new FaultRoutes(gates).mount(router);
        new TourRoutes(tours, this::vendorsNow).mount(router);
        router.get("/sandbox/traffic").handler(this::traffic);
        router.delete("/sandbox/traffic").handler(this::clearTraffic);
        router.post("/sandbox/calls").handler(this::startCalls);
        router.get("/sandbox/calls").handler(ctx -> Replies.json(ctx, 200, calls.progress()));
        router.put("/sandbox/bridge").handler(this::tellBridge);
        router.post("/sandbox/reset").handler(this::reset);
        router.route("/sandbox/*")
                .handler(ctx -> Replies.problem(ctx, 404, "Not Found", "The sandbox has no " + ctx.normalizedPath()));
    }

    private void traffic(RoutingContext ctx) {
        Replies.json(ctx, 200, traffic());
    }

    private JsonObject traffic() {
        JsonObject all = new JsonObject();
        gates.forEach((name, gate) -> all.put(name, gate.traffic().toJson()));
        return all;
    }

    private JsonObject vendorsNow() {
        JsonArray faulty = new JsonArray();
        gates.forEach((name, gate) -> {
            if (!gate.faults().equals(FaultSet.healthy(gate.vendor().defaultRateLimit()))) {
                faulty.add(name);
            }
        });
        return new JsonObject().put("traffic", traffic()).put("faulty", faulty).put("calls", calls.progress());
    }

    private void clearTraffic(RoutingContext ctx) {
        gates.values().forEach(gate -> gate.traffic().clear());
        Replies.none(ctx);
    }

    private void startCalls(RoutingContext ctx) {
        CallOrder order = CallOrder.parse(ctx.body().buffer());
        if (calls.start(order)) {
            Replies.json(ctx, 202, order.toJson());
        } else {
            Replies.problem(
                    ctx, 409, "Conflict", "Calls are being generated already; GET /sandbox/calls tells how far");
        }
    }

    /** Where the bridge is, for a bridge that starts after its vendors on a port that nobody knew. */
    private void tellBridge(RoutingContext ctx) {
        StrictJson json = StrictJson.parse(ctx.body().buffer(), Set.of("url"));
        String url = json.text("url");
        if (!url.matches("http://[A-Za-z0-9.-]+:[0-9]{1,5}")) {
            throw new InvalidRequest("'url' must be http://<host>:<port>");
        }
        toldBridge = URI.create(url);
        Replies.none(ctx);
    }

    private void reset(RoutingContext ctx) {
        gates.values().forEach(gate -> gate.vendor().reset());
        afterReset.get().onComplete(done -> Replies.none(ctx));
    }
}
