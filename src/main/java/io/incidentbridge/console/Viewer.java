package io.incidentbridge.console;

import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import java.util.Map;
import java.util.TreeMap;

/** Who looks at a page, for the frame around it. Panels cannot ask: they are rendered once for all viewers. */
@Named("viewer")
@RequestScoped
public class Viewer {

    private final SecurityIdentity identity;
    private final RoutingContext request;
    private final Sessions sessions;
    private final ConsoleConfig config;

    Viewer(SecurityIdentity identity, RoutingContext request, Sessions sessions, ConsoleConfig config) {
        this.identity = identity;
        this.request = request;
        this.sessions = sessions;
        this.config = config;
    }

    /** As the audit trail has it. */
    public String name() {
        return identity.getPrincipal().getName();
    }

    /** Whether there is a session to be ended. */
    public boolean signedIn() {
        return !ConsoleEdge.session(request).isEmpty();
    }

    /** What changes are sent with, as htmx takes headers. */
    public String headers() {
        return "{\"" + ConsoleEdge.TOKEN_HEADER + "\":\"" + sessions.token(ConsoleEdge.session(request)) + "\"}";
    }

    /** Further entries of the navigation, by name. */
    public Map<String, String> links() {
        return new TreeMap<>(config.links());
    }
}
