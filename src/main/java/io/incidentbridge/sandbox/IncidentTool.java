package io.incidentbridge.sandbox;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.time.Clock;

/** A simulated tool that people keep incidents in: changed by its controls, read by its API, and it tells by webhooks. */
public abstract class IncidentTool implements SimulatedVendor {

    private final Webhooks webhooks;

    protected IncidentTool(Webhooks.Rules rules, Clock clock) {
        this.webhooks = new Webhooks(rules, clock);
    }

    /** Its controls and its API. */
    protected abstract void mountRoutes(Router router);

    /** Forgets its incidents. */
    protected abstract void clear();

    protected void tell(Webhooks.Delivery delivery) {
        webhooks.send(delivery);
    }

    @Override
    public final void connect(WebhookSender sender) {
        webhooks.connect(sender);
    }

    @Override
    public final void mount(Router router) {
        webhooks.mount(router);
        router.route("/control/*").failureHandler(Replies::failure);
        mountRoutes(router);
    }

    @Override
    public final boolean isMetered(HttpServerRequest request) {
        return !request.path().contains("/control/");
    }

    @Override
    public final void reset() {
        clear();
        webhooks.reset();
    }

    /** Credentials are keys here, which do not end. */
    @Override
    public final void revokeTokens() {}
}
