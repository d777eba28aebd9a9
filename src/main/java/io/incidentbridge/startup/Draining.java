package io.incidentbridge.startup;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Sends callers elsewhere while this replica waits to stop ({@code quarkus.shutdown.delay}). Readiness turns new
 * connections away by then, but one that is kept alive would go on until it broke under a request.
 */
@Singleton
class Draining {

    private static final int BEFORE_REFUSALS = 9_500;

    private volatile boolean draining;

    void register(@Observes Filters filters) {
        filters.register(this::closeAfterwards, BEFORE_REFUSALS);
    }

    void begin(@Observes ShutdownDelayInitiatedEvent delay) {
        draining = true;
    }

    private void closeAfterwards(RoutingContext context) {
        // HTTP/2 has no such header: clients take an answer with it for malformed.
        if (draining && context.request().version() != HttpVersion.HTTP_2) {
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        context.next();
    }
}
