package io.incidentbridge.genesys;

import io.incidentbridge.itsm.ConnectorException;
import io.incidentbridge.itsm.FailureReason;
import io.incidentbridge.itsm.Failures;
import io.incidentbridge.itsm.RetryAfter;
import io.incidentbridge.ratelimit.UpstreamBudget;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
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
    private final GenesysTokens tokens;
    private final UpstreamBudget budget;

    GenesysAnswer(Clock clock, GenesysTokens tokens, UpstreamBudget budget) {
        this.clock = clock;
        this.tokens = tokens;
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
            tokens.refused(request.getHeaderString(HttpHeaders.AUTHORIZATION));
        }
        if (status >= 300) {
            LOG.infof(
                    "connector=genesys status=%d vendorCorrelationId=%s",
                    status, response.getHeaderString("ININ-Correlation-Id"));
            throw Failures.ofStatus(
                    GenesysConnector.VENDOR,
                    status,
                    response.getHeaderString(HttpHeaders.RETRY_AFTER),
                    clock.instant());
        }
        MediaType type = response.getMediaType();
        if (type != null && !type.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
            throw ConnectorException.of(
                    GenesysConnector.VENDOR, FailureReason.VENDOR_FAULT, "answered something else than JSON", null);
        }
    }

    /** {@code inin-ratelimit-allowed} is a hint for a minute of this token; it is deprecated and may be missing. */
    private void tellBudget(ClientResponseContext response) {
        String retryAfter = response.getHeaderString(HttpHeaders.RETRY_AFTER);
        budget.onAnswer(
                GenesysConnector.VENDOR,
                response.getStatus(),
                RetryAfter.parse(retryAfter, clock.instant()).orElse(null));
        String allowed = response.getHeaderString("inin-ratelimit-allowed");
        if (allowed != null && allowed.matches("\\d{1,9}")) {
            budget.onLimit(GenesysConnector.VENDOR, "", Long.parseLong(allowed), Duration.ofMinutes(1));
        }
    }
}
