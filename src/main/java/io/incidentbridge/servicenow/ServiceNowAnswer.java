package io.incidentbridge.servicenow;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentbridge.itsm.ConnectorException;
import io.incidentbridge.itsm.FailureReason;
import io.incidentbridge.itsm.Failures;
import io.incidentbridge.itsm.RetryAfter;
import io.incidentbridge.itsm.VendorWords;
import io.incidentbridge.ratelimit.UpstreamBudget;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;

/**
 * Refuses what is not an answer: every status but 200, 201 and 204, and HTML in place of JSON (a hibernating instance, a
 * single sign-on page). 202 means "queued behind the session, perhaps never done" and is an unknown outcome. A token that
 * was refused is not used again.
 */
@ApplicationScoped
class ServiceNowAnswer implements ClientResponseFilter {

    /** The request was refused by a filter, or its connection broke: the failure itself follows, there are no headers. */
    private static final int NO_ANSWER = 0;

    private final Clock clock;
    private final ServiceNowCredentials credentials;
    private final UpstreamBudget budget;

    ServiceNowAnswer(Clock clock, ServiceNowCredentials credentials, UpstreamBudget budget) {
        this.clock = clock;
        this.credentials = credentials;
        this.budget = budget;
    }

    @Override
    public void filter(ClientRequestContext request, ClientResponseContext response) {
        int status = response.getStatus();
        if (status == NO_ANSWER) {
            return;
        }
        tellBudget(request, response);
        if (status == 202) {
            throw failure(FailureReason.UNKNOWN_OUTCOME, "answered 202");
        }
        if (status == 401) {
            credentials.refused(request.getHeaderString(HttpHeaders.AUTHORIZATION));
        }
        if (status >= 300) {
            throw Failures.ofStatus(
                            ServiceNowConnector.VENDOR,
                            status,
                            response.getHeaderString(HttpHeaders.RETRY_AFTER),
                            clock.instant())
                    .saying(VendorWords.of(response, ServiceNowAnswer::words));
        }
        MediaType type = response.getMediaType();
        if (status != 204 && (type == null || !type.isCompatible(MediaType.APPLICATION_JSON_TYPE))) {
            throw failure(FailureReason.VENDOR_FAULT, "answered something else than JSON");
        }
    }

    /** {@code X-RateLimit-Limit} is of the rule that matched the resource, in an hour. */
    private void tellBudget(ClientRequestContext request, ClientResponseContext response) {
        String retryAfter = response.getHeaderString(HttpHeaders.RETRY_AFTER);
        budget.onAnswer(
                ServiceNowConnector.VENDOR,
                response.getStatus(),
                RetryAfter.parse(retryAfter, clock.instant()).orElse(null));
        String limit = response.getHeaderString("X-RateLimit-Limit");
        if (limit != null && limit.matches("\\d{1,9}")) {
            budget.onLimit(
                    ServiceNowConnector.VENDOR,
                    ServiceNowAttempt.table(request.getUri()),
                    Long.parseLong(limit),
                    Duration.ofHours(1));
        }
    }

    /** Which field is mandatory or which rule said no stands in the detail; the message is mostly "Operation Failed". */
    private static String words(JsonNode body) {
        JsonNode error = body.path("error");
        String detail = error.path("detail").asText("");
        return detail.isBlank() ? error.path("message").asText("") : detail;
    }

    private static ConnectorException failure(FailureReason reason, String message) {
        return ConnectorException.of(ServiceNowConnector.VENDOR, reason, message, null);
    }
}
