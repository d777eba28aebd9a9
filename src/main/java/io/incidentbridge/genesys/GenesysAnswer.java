package io.incidentbridge.genesys;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentbridge.itsm.VendorAnswer;
import io.incidentbridge.ratelimit.UpstreamBudget;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientResponseContext;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Genesys' support asks for the correlation id of a failed request, so it is logged. */
@Singleton
class GenesysAnswer extends VendorAnswer {

    private static final Logger LOG = Logger.getLogger(GenesysAnswer.class);

    private final String client;

    @Inject
    GenesysAnswer(Clock clock, GenesysTokens tokens, UpstreamBudget budget) {
        this(clock, GenesysConnector.VENDOR, tokens::refused, budget);
    }

    /**
     * @param client  the OAuth client, under its name as an upstream
     * @param refused told of an authorization that was answered 401
     */
    GenesysAnswer(Clock clock, String client, Consumer<String> refused, UpstreamBudget budget) {
        super(client, clock, budget, refused);
        this.client = client;
    }

    @Override
    protected void look(ClientRequestContext request, ClientResponseContext response, UpstreamBudget budget) {
        if (response.getStatus() >= 300) {
            LOG.infof(
                    "connector=%s status=%d vendorCorrelationId=%s",
                    client, response.getStatus(), response.getHeaderString("ININ-Correlation-Id"));
        }
        // A hint for a minute of this token; it is deprecated and may be missing.
        String allowed = response.getHeaderString("inin-ratelimit-allowed");
        if (allowed != null && allowed.matches("\\d{1,9}")) {
            budget.onLimit(client, "", Long.parseLong(allowed), Duration.ofMinutes(1));
        }
    }

    /** The code first: statuses alone do not tell an ended conversation from missing rights. */
    @Override
    protected String words(JsonNode body) {
        return body.path("code").asText("") + ": " + body.path("message").asText("");
    }
}
