package io.incidentbridge.correlation;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.MDC;

/** Gives every request its correlation id before anything else looks at it, so that refusals carry one too. */
@Singleton
class CorrelationFilter {

    /** Higher runs earlier; the other filters of the bridge and Quarkus' security stay well below. */
    private static final int FIRST = 10_000;

    private static final String TRACE_FIELD = "traceId";

    void register(@Observes Filters filters) {
        filters.register(this::handle, FIRST);
    }

    private void handle(RoutingContext context) {
        String id = CorrelationId.acceptOrCreate(context.request().getHeader(CorrelationId.HEADER));
        CorrelationId.resume(id);
        context.response().putHeader(CorrelationId.HEADER, id);
        if (MDC.get(TRACE_FIELD) == null) {
            // OpenTelemetry has put it there when it is on; when it is off the caller's trace is still worth logging.
            TraceParent.traceId(context.request().getHeader(TraceParent.HEADER))
                    .ifPresent(trace -> MDC.put(TRACE_FIELD, trace));
        }
        context.next();
    }
}
