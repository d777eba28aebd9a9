package io.incidentbridge.console;

import io.incidentbridge.metrics.BridgeMetrics;
import io.incidentbridge.security.OperatorKeys;
import io.incidentbridge.security.OperatorKeys.Known;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;

/** Where an operator signs in with his key, and out again. */
@Path("/console")
@Produces(MediaType.TEXT_HTML)
@PermitAll
public class LoginPage {

    private static final String UNKNOWN = "This key is not known.";
    private static final String NO_OPERATOR = "This key has not the right to operate the bridge.";

    private final OperatorKeys keys;
    private final Sessions sessions;
    private final ConsoleConfig config;
    private final BridgeMetrics metrics;

    LoginPage(OperatorKeys keys, Sessions sessions, ConsoleConfig config, BridgeMetrics metrics) {
        this.keys = keys;
        this.sessions = sessions;
        this.config = config;
        this.metrics = metrics;
    }

    @CheckedTemplate(basePath = "console")
    static class Templates {
        /** @param singleSignOn whether to offer it */
        static native TemplateInstance login(String problem, boolean singleSignOn);
    }

    /** The form. */
    @GET
    @Path("/login")
    public TemplateInstance form() {
        return Templates.login("", config.singleSignOn());
    }

    /** Opens a session. */
    @POST
    @Path("/login")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<Response> login(@FormParam("key") String key) {
        Optional<Known> found = keys.find(key == null ? "" : key.strip());
        if (found.filter(Known::operator).isPresent()) {
            return Uni.createFrom()
                    .item(Response.seeOther(URI.create(ConsoleEdge.ROOT))
                            .cookie(sessions.cookie(sessions.open(found.get())))
                            .build());
        }
        metrics.authenticationFailed();
        Response.Status status = found.isPresent() ? Response.Status.FORBIDDEN : Response.Status.UNAUTHORIZED;
        return Templates.login(found.isPresent() ? NO_OPERATOR : UNKNOWN, config.singleSignOn())
                .createUni()
                .map(html -> Response.status(status).entity(html).build());
    }

    /** Ends the session in this browser. */
    @POST
    @Path("/logout")
    public Response logout() {
        return Response.noContent()
                .cookie(sessions.ended())
                .header("HX-Redirect", ConsoleEdge.LOGIN)
                .build();
    }
}
