package io.incidentbridge.servicenow;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentbridge.itsm.FailureReason;
import io.incidentbridge.itsm.VendorAnswer;
import io.incidentbridge.ratelimit.UpstreamBudget;
import jakarta.inject.Singleton;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientResponseContext;
import java.time.Clock;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * HTML in place of JSON is a hibernating instance or a single sign-on page. 202 means "queued behind the session, perhaps
 * never done" and is an unknown outcome.
 */
@Singleton
class ServiceNowAnswer extends VendorAnswer {

    private static final Pattern HOURLY = Pattern.compile("\\d{1,9}");

    ServiceNowAnswer(Clock clock, ServiceNowCredentials credentials, UpstreamBudget budget) {
        super(ServiceNowConnector.VENDOR, clock, budget, credentials::refused);
    }

    @Override
    protected void look(ClientRequestContext request, ClientResponseContext response, UpstreamBudget budget) {
        int status = response.getStatus();
        if (status == 202) {
            throw failure(FailureReason.UNKNOWN_OUTCOME, "answered 202");
        }
        if (status < 300 && status != 204 && response.getMediaType() == null) {
            throw failure(FailureReason.VENDOR_FAULT, "answered nothing");
        }
        // Of the rule that matched the resource, in an hour.
        String limit = response.getHeaderString("X-RateLimit-Limit");
        if (limit != null && HOURLY.matcher(limit).matches()) {
            String table = ServiceNowAttempt.table(request.getUri());
            budget.onLimit(ServiceNowConnector.VENDOR, table, Long.parseLong(limit), Duration.ofHours(1));
        }
    }

    /** Which field is mandatory or which rule said no stands in the detail; the message is mostly "Operation Failed". */
    @Override
    protected String words(JsonNode body) {
        JsonNode error = body.path("error");
        String detail = error.path("detail").asText("");
        return detail.isBlank() ? error.path("message").asText("") : detail;
    }
}
