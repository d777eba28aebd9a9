package io.incidentbridge.itsm;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentbridge.ratelimit.UpstreamBudget;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.function.Consumer;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientResponseFilter;

/**
 * Looks at the answer to each attempt and refuses what is none: every status from 300 on, and bodies that are not JSON. The
 * budget hears of each answer, and a credential that was refused is not used again. Never blocks: the client's own kind of filter
 * stays on the event loop, where the one of Jakarta REST would take every answer to a worker thread and back.
 */
public abstract class VendorAnswer implements ResteasyReactiveClientResponseFilter {

    /** The request was refused by a filter, or its connection broke: the failure itself follows, there are no headers. */
    private static final int NO_ANSWER = 0;

    private final String vendor;
    private final Clock clock;
    private final UpstreamBudget budget;
    private final Consumer<String> refused;

    /**
     * @param vendor  its name as an upstream
     * @param refused told of an {@code Authorization} that was answered 401
     */
    protected VendorAnswer(String vendor, Clock clock, UpstreamBudget budget, Consumer<String> refused) {
        this.vendor = vendor;
        this.clock = clock;
        this.budget = budget;
        this.refused = refused;
    }

    @Override
    public final void filter(ResteasyReactiveClientRequestContext request, ClientResponseContext response) {
        int status = response.getStatus();
        if (status == NO_ANSWER) {
            return;
        }
        String retryAfter = response.getHeaderString(HttpHeaders.RETRY_AFTER);
        budget.onAnswer(
                vendor, status, RetryAfter.parse(retryAfter, clock.instant()).orElse(null));
        look(request, response, budget);
        if (status == 401) {
            refused.accept(request.getHeaderString(HttpHeaders.AUTHORIZATION));
        }
        if (status >= 300) {
            throw Failures.ofStatus(vendor, status, retryAfter, clock.instant())
                    .saying(VendorWords.of(response, this::words));
        }
        MediaType type = response.getMediaType();
        if (type != null && !type.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
            throw failure(FailureReason.VENDOR_FAULT, "answered something else than JSON");
        }
    }

    /** What only this vendor has: limits it tells the budget, answers that are none though their status is good. */
    protected void look(ClientRequestContext request, ClientResponseContext response, UpstreamBudget budget) {}

    /** Why it refused, out of its error document. */
    protected abstract String words(JsonNode error);

    protected final ConnectorException failure(FailureReason reason, String message) {
        return ConnectorException.of(vendor, reason, message, null);
    }
}
