package io.incidentbridge.servicenow;

import io.incidentbridge.itsm.Attempt;
import io.incidentbridge.ratelimit.UpstreamBudget;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestFilter;

/** Runs before each attempt, retries and re-logins included: resolves the credential anew and takes of the budget. */
@ApplicationScoped
class ServiceNowAttempt implements ResteasyReactiveClientRequestFilter {

    private static final Pattern TABLE = Pattern.compile("/api/now/(?:table|stats)/([^/]+)");

    private final ServiceNowCredentials credentials;
    private final UpstreamBudget budget;

    ServiceNowAttempt(ServiceNowCredentials credentials, UpstreamBudget budget) {
        this.credentials = credentials;
        this.budget = budget;
    }

    @Override
    public void filter(ResteasyReactiveClientRequestContext request) {
        Attempt.authorise(
                request, credentials.authorization(), budget, ServiceNowConnector.VENDOR, table(request.getUri()));
    }

    /** The table a request is about, "" for none. */
    static String table(URI uri) {
        Matcher table = TABLE.matcher(uri.getPath());
        return table.find() ? table.group(1) : "";
    }
}
