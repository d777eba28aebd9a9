package io.incidentbridge.genesys;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentbridge.itsm.ConnectorException;
import io.incidentbridge.itsm.FailureReason;
import io.incidentbridge.itsm.Failures;
import io.incidentbridge.itsm.RetryAfter;
import io.incidentbridge.itsm.VendorWords;
import io.incidentbridge.ratelimit.UpstreamBudget;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Refuses what is not an answer: every status from 300 on, and bodies that are not JSON. Genesys' support asks for the
 * correlation id of a failed request, so it is logged. A token that was refused is not used again.
 */
@ApplicationScoped
class GenesysAnswer implements ClientResponseFilter {

    private static final Logger LOG = Logger.getLogger(GenesysAnswer.class);

    /** The request was refused by a filter, or its connection broke: the failure itself follows, there are no headers. */
    private static final int NO_ANSWER = 0;

    private final Clock clock;
    private final String client;
    private final Consumer<String> refused;
    private final UpstreamBudget budget;

    @Inject
    GenesysAnswer(Clock clock, GenesysTokens tokens, UpstreamBudget budget) {
        this(clock, GenesysConnector.VENDOR, tokens::refused, budget);
    }

    /**
     * @param client  the OAuth client, under its name as an upstream
     * @param refused told of an authorization that was answered 401
     */
    GenesysAnswer(Clock clock, String client, Consumer<String> refused, UpstreamBudget budget) {
        this.clock = clock;
        this.client = client;
        this.refused = refused;
        this.budget = budget;
    }

    @Override
    public void filter(ClientRequestContext request, ClientResponseContext response) {
        int status = response.getStatus();
        if (status == NO_ANSWER) {
            return;
        }
        tellBudget(response);
        if (status == 401) {
            refused.accept(request.getHeaderString(HttpHeaders.AUTHORIZATION));
        }
        if (status >= 300) {
            LOG.infof(
                    "connector=%s status=%d vendorCorrelationId=%s",
                    client, status, response.getHeaderString("ININ-Correlation-Id"));
            throw Failures.ofStatus(client, status, response.getHeaderString(HttpHeaders.RETRY_AFTER), clock.instant())
                    .saying(VendorWords.of(response, GenesysAnswer::words));
        }
        MediaType type = response.getMediaType();
        if (type != null && !type.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
            throw ConnectorException.of(client, FailureReason.VENDOR_FAULT, "answered something else than JSON", null);
        }
    }

    /** The code first: statuses alone do not tell an ended conversation from missing rights. */
    private static String words(JsonNode body) {
        return body.path("code").asText("") + ": " + body.path("message").asText("");
    }

    /** {@code inin-ratelimit-allowed} is a hint for a minute of this token; it is deprecated and may be missing. */
    private void tellBudget(ClientResponseContext response) {
        String retryAfter = response.getHeaderString(HttpHeaders.RETRY_AFTER);
        budget.onAnswer(
                client,
                response.getStatus(),
                RetryAfter.parse(retryAfter, clock.instant()).orElse(null));
        String allowed = response.getHeaderString("inin-ratelimit-allowed");
        if (allowed != null && allowed.matches("\\d{1,9}")) {
            budget.onLimit(client, "", Long.parseLong(allowed), Duration.ofMinutes(1));
        }
    }
}
