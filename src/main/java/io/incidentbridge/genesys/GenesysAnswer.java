package io.incidentbridge.genesys;

import io.incidentbridge.itsm.ConnectorException;
import io.incidentbridge.itsm.FailureReason;
import io.incidentbridge.itsm.Failures;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import org.jboss.logging.Logger;

/**
 * Refuses what is not an answer: every status from 300 on, and bodies that are not JSON. Genesys' support asks for the
 * correlation id of a failed request, so it is logged. A token that was refused is not used again.
 */
@ApplicationScoped
class GenesysAnswer implements ClientResponseFilter {

    /** What the client gives to its filters when the connection broke; the failure itself follows. */
    private static final int NO_ANSWER = 0;

    private static final Logger LOG = Logger.getLogger(GenesysAnswer.class);

    private final Clock clock;
    private final GenesysTokens tokens;

    GenesysAnswer(Clock clock, GenesysTokens tokens) {
        this.clock = clock;
        this.tokens = tokens;
    }

    @Override
    public void filter(ClientRequestContext request, ClientResponseContext response) {
        int status = response.getStatus();
        if (status == NO_ANSWER) {
            return;
        }
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
}
