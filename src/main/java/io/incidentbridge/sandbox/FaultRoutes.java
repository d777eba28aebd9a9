package io.incidentbridge.sandbox;

import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.function.BiConsumer;

/** {@code /sandbox/faults/{vendor}}: the whole fault set at once. */
final class FaultRoutes {

    private static final String PATH = "/sandbox/faults/:vendor";

    private final Map<String, VendorGate> gates;

    FaultRoutes(Map<String, VendorGate> gates) {
        this.gates = gates;
    }

    void mount(Router router) {
        router.get(PATH).handler(forVendor(this::show));
        router.put(PATH).handler(forVendor(this::replace));
        router.delete(PATH).handler(forVendor(this::heal));
    }

    private Handler<RoutingContext> forVendor(BiConsumer<RoutingContext, VendorGate> then) {
        return ctx -> {
            VendorGate gate = gates.get(ctx.pathParam("vendor"));
            if (gate == null) {
                Replies.problem(ctx, 404, "Not Found", "Simulated vendors are " + String.join(", ", gates.keySet()));
            } else {
                then.accept(ctx, gate);
            }
        };
    }

    private void show(RoutingContext ctx, VendorGate gate) {
        Replies.json(ctx, 200, gate.faults().toJson());
    }

    private void replace(RoutingContext ctx, VendorGate gate) {
        StrictJson json = FaultSet.parse(ctx.body().buffer());
        boolean revoke = json.flag(FaultSet.REVOKE_TOKENS, false);
        gate.faults(FaultSet.of(json, gate.vendor().defaultRateLimit()));
        if (revoke) {
            gate.vendor().revokeTokens();
        }
        show(ctx, gate);
    }

    private void heal(RoutingContext ctx, VendorGate gate) {
        gate.faults(FaultSet.healthy(gate.vendor().defaultRateLimit()));
        Replies.none(ctx);
    }
}
