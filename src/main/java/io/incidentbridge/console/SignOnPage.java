package io.incidentbridge.console;

import io.incidentbridge.metrics.BridgeMetrics;
import io.incidentbridge.problem.ProblemException;
import io.incidentbridge.problem.ProblemType;
import io.incidentbridge.security.Rights;
import io.quarkus.oidc.runtime.OidcAuthenticationMechanism;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.AuthenticationException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Where operators sign in at their OpenID provider, and where it sends them back to. The code flow is asked for here alone,
 * by hand, so that no other address can be answered with its redirect or accept its cookies; what it leaves behind is a
 * session of the bridge's own.
 */
@Path(SignOnPage.PATH)
@Produces(MediaType.TEXT_HTML)
@PermitAll
public class SignOnPage {

    /** Known to providers, and in application.properties. */
    static final String PATH = ConsoleEdge.ROOT + "/sso";

    private static final Logger LOG = Logger.getLogger(SignOnPage.class);

    /** Of which OpenID Connect makes one or two requests of the provider. */
    private static final Duration LONGEST = Duration.ofSeconds(15);

    /** What only a provider sends people back with. */
    private static final Pattern SENT_BACK = Pattern.compile("(^|&)(code|state|error)=");

    /** As the audit trail and every page show it: nothing invisible, nothing that turns the text around. */
    private static final Pattern NAME = Pattern.compile("\\P{C}{1,128}");

    private final ConsoleConfig config;
    private final Sessions sessions;
    private final OidcAuthenticationMechanism codeFlow;
    private final IdentityProviderManager identities;
    private final BridgeMetrics metrics;

    SignOnPage(
            ConsoleConfig config,
            Sessions sessions,
            OidcAuthenticationMechanism codeFlow,
            IdentityProviderManager identities,
            BridgeMetrics metrics) {
        this.config = config;
        this.sessions = sessions;
        this.codeFlow = codeFlow;
        this.identities = identities;
        this.metrics = metrics;
    }

    @CheckedTemplate(basePath = "console")
    static class Templates {

        /** Goes on to the overview by itself. */
        static native TemplateInstance welcome(String name);
    }

    /** Sends people to the provider; opens a session for those who come back from it. */
    @GET
    public Uni<Response> signOn(@Context RoutingContext context) {
        if (!config.singleSignOn() || !SignOnTenant.isFor(context)) {
            throw new ProblemException(ProblemType.NOT_FOUND, "There is no single sign-on here.");
        }
        return Uni.createFrom()
                .deferred(() -> codeFlow.authenticate(context, identities))
                .flatMap(identity -> identity == null ? begin(context) : admit(context, identity))
                .ifNoItem()
                .after(LONGEST)
                .fail()
                .onFailure()
                .recoverWithUni(failure -> explain(context, failure));
    }

    private Uni<Response> begin(RoutingContext context) {
        String query = context.request().query();
        if (query != null && SENT_BACK.matcher(query).find()) {
            // Nothing that this browser has begun, or so long ago that it forgot; beginning again could go on for ever.
            return refuse();
        }
        return codeFlow.getChallenge(context)
                .flatMap(challenge -> challenge != null && challenge.status == Response.Status.FOUND.getStatusCode()
                        ? Uni.createFrom().item(redirect(challenge))
                        : refuse());
    }

    private static Response redirect(ChallengeData challenge) {
        Response.ResponseBuilder response = Response.status(challenge.status);
        challenge.getHeaders().forEach((name, value) -> response.header(name.toString(), value));
        return response.build();
    }

    private Uni<Response> admit(RoutingContext context, SecurityIdentity identity) {
        // Set while signing in, and never to be sent: the session is ours.
        context.response().removeCookies(ForgottenTokens.COOKIE, false);
        String name = identity.getPrincipal().getName();
        if (name == null || !NAME.matcher(name).matches()) {
            LOG.warn("Single sign-on refused: the provider names no person, or one that cannot be shown");
            return refuse();
        }
        if (!identity.hasRole(Rights.OPERATOR)) {
            LOG.infof("Single sign-on refused: no operator: name=%s", name);
            metrics.authenticationFailed();
            return page(
                    Response.Status.FORBIDDEN,
                    "You may not operate the bridge",
                    "You are signed in at your provider as " + name + ", but without the right to operate the bridge.");
        }
        LOG.infof("Signed in: name=%s", name);
        // A page, not a redirect: browsers keep a SameSite=Strict cookie back for as long as they follow the
        // provider's.
        NewCookie session = sessions.cookie(sessions.openFor(name));
        return Templates.welcome(name)
                .createUni()
                .map(html -> Response.ok(html).cookie(session).build());
    }

    private Uni<Response> refuse() {
        metrics.authenticationFailed();
        return page(
                Response.Status.UNAUTHORIZED,
                "You are not signed in",
                "Your provider did not confirm who you are, or the attempt took too long. Try again.");
    }

    private Uni<Response> explain(RoutingContext context, Throwable failure) {
        if (failure instanceof AuthenticationException && !isUnreachable(failure)) {
            LOG.warnf(
                    "Single sign-on refused: %s",
                    SignOnFailure.reason(failure, context.request().params()));
            return refuse();
        }
        LOG.warnf("Single sign-on is not possible: %s", failure);
        return page(
                Response.Status.SERVICE_UNAVAILABLE,
                "Your provider cannot be reached",
                "Signing in is not possible at the moment. Try again, or sign in with a key.");
    }

    private static boolean isUnreachable(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException || cause instanceof TimeoutException) {
                return true;
            }
        }
        return false;
    }

    private static Uni<Response> page(Response.Status status, String title, String detail) {
        return Notice.Templates.error(title, detail)
                .createUni()
                .map(html -> Response.status(status).entity(html).build());
    }
}
