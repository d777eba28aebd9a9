package io.incidentbridge.console;

import io.incidentbridge.problem.ProblemAnswer;
import io.incidentbridge.problem.ProblemType;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Set;

/** What holds for every answer and every change below {@code /console} (docs/adr/0011-console.md). */
@Singleton
class ConsoleEdge {

    static final String ROOT = "/console";
    static final String LOGIN = ROOT + "/login";

    /** Carries the token of {@link Sessions#token}. */
    static final String TOKEN_HEADER = "X-Console-Token";

    private static final int BEFORE_REQUEST_EDGE = 9_100;
    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private final Sessions sessions;

    ConsoleEdge(Sessions sessions) {
        this.sessions = sessions;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, BEFORE_REQUEST_EDGE);
    }

    static boolean isConsole(RoutingContext context) {
        // As resources are found: /console/../v1 is not the console. /console;x would be, but RequestEdge refuses it.
        String path = context.normalizedPath();
        return path.equals(ROOT) || path.startsWith(ROOT + "/");
    }

    /** The session's cookie as it was sent, unchecked; empty for none. */
    static String session(RoutingContext context) {
        Cookie cookie = context.request().getCookie(Sessions.COOKIE);
        return cookie == null ? "" : cookie.getValue();
    }

    private void check(RoutingContext context) {
        if (!isConsole(context)) {
            context.next();
            return;
        }
        context.response()
                .putHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Frame-Options", "DENY")
                // Not no-referrer, with which browsers would hide the origin of forms that the check below needs.
                .putHeader("Referrer-Policy", "same-origin")
                // Proxies of nginx' kind must pass events on as they come.
                .putHeader("X-Accel-Buffering", "no");
        HttpServerRequest request = context.request();
        if (READS.contains(request.method())) {
            context.next();
        } else if (!isOurs(request)) {
            ProblemAnswer.end(context, ProblemType.FORBIDDEN);
        } else if (hasToken(context)) {
            context.next();
        } else {
            // Of a page whose session has ended since, most likely: htmx then goes where people sign in.
            context.response().putHeader("HX-Redirect", LOGIN);
            ProblemAnswer.end(context, ProblemType.FORBIDDEN);
        }
    }

    /** Browsers say where a request comes from; one that says neither is none of ours. */
    private static boolean isOurs(HttpServerRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("same-origin");
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        String host = request.getHeader(HttpHeaders.HOST);
        try {
            return origin != null
                    && host != null
                    && host.equalsIgnoreCase(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Before somebody has signed in there is no session to protect. */
    private boolean hasToken(RoutingContext context) {
        return context.normalizedPath().equals(LOGIN)
                || sessions.isToken(session(context), context.request().getHeader(TOKEN_HEADER));
    }
}
