package io.incidentbridge.servicenow;

import io.incidentbridge.itsm.Attempt;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestFilter;

/** Runs before each attempt, retries and re-logins included: resolves the credential anew. */
@ApplicationScoped
class ServiceNowAttempt implements ResteasyReactiveClientRequestFilter {

    private final ServiceNowCredentials credentials;

    ServiceNowAttempt(ServiceNowCredentials credentials) {
        this.credentials = credentials;
    }

    @Override
    public void filter(ResteasyReactiveClientRequestContext request) {
        Attempt.authorise(request, credentials.authorization());
    }
}
