package io.incidentbridge.servicenow;

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

/**
 * Refuses what is not an answer: every status but 200, 201 and 204, and HTML in place of JSON (a hibernating instance, a
 * single sign-on page). 202 means "queued behind the session, perhaps never done" and is an unknown outcome. A token that
 * was refused is not used again.
 */
@ApplicationScoped
class ServiceNowAnswer implements ClientResponseFilter {

    /** What the client gives to its filters when the connection broke; the failure itself follows. */
    private static final int NO_ANSWER = 0;

    private final Clock clock;
    private final ServiceNowCredentials credentials;

    ServiceNowAnswer(Clock clock, ServiceNowCredentials credentials) {
        this.clock = clock;
        this.credentials = credentials;
    }

    @Override
    public void filter(ClientRequestContext request, ClientResponseContext response) {
        int status = response.getStatus();
        if (status == NO_ANSWER) {
            return;
        }
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
                    clock.instant());
        }
        MediaType type = response.getMediaType();
        if (status != 204 && (type == null || !type.isCompatible(MediaType.APPLICATION_JSON_TYPE))) {
            throw failure(FailureReason.VENDOR_FAULT, "answered something else than JSON");
        }
    }

    private static ConnectorException failure(FailureReason reason, String message) {
        return ConnectorException.of(ServiceNowConnector.VENDOR, reason, message, null);
    }
}
