package io.incidentbridge.problem;

import io.quarkus.security.AuthenticationException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import org.jboss.logging.Logger;

/** Refuses what never reaches a resource, with the same problems a resource would answer. */
@Singleton
public class RequestEdge {

    /**
     * The largest body taken, in bytes. The HTTP server's own limit ({@code quarkus.http.limits.max-body-size}) is
     * higher: it answers without a body, and is there for what gets around this one.
     */
    public static final int LARGEST_BODY = 1024 * 1024;

    private static final Logger LOG = Logger.getLogger(RequestEdge.class);
    private static final long LINGER_MS = 1_000;
    private static final int AFTER_CORRELATION = 9_000;
    private static final int BEFORE_FRAMEWORKS_OWN = Integer.MAX_VALUE - 1;
    private static final int[] UNROUTED = {400, 404, 405, 406, 415};

    void register(@Observes Filters filters) {
        filters.register(this::check, AFTER_CORRELATION);
    }

    void register(@Observes Router router) {
        router.route().order(BEFORE_FRAMEWORKS_OWN).failureHandler(this::fail);
        for (int status : UNROUTED) {
            router.errorHandler(status, context -> ProblemAnswer.end(context, Problem.ofStatus(status)));
        }
    }

    private void check(RoutingContext context) {
        if (BridgePaths.isSimulatedVendor(context)) {
            context.next();
        } else if (hasMatrixParameters(context.request())) {
            // Resources are found without them, rules about paths are not: /console;x would be without its edge.
            refuseUnread(context, ProblemType.NOT_FOUND);
        } else if (isTooLarge(context.request())) {
            refuseUnread(context, ProblemType.PAYLOAD_TOO_LARGE);
        } else if (isEncoded(context.request())) {
            // Not unpacked at all: a small body could otherwise become a huge one.
            refuseUnread(context, ProblemType.UNSUPPORTED_MEDIA_TYPE);
        } else {
            context.next();
        }
    }

    /** An encoded semicolon begins none: it is part of a segment, for Quarkus REST and for rules alike. */
    private static boolean hasMatrixParameters(HttpServerRequest request) {
        String path = request.path();
        return path != null && path.indexOf(';') >= 0;
    }

    private static boolean isTooLarge(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        // Nineteen digits and more do not fit a long; the server has made sure that these are digits.
        return length != null && (length.length() > 18 || Long.parseLong(length) > LARGEST_BODY);
    }

    private static boolean isEncoded(HttpServerRequest request) {
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        return encoding != null && !encoding.isBlank() && !encoding.trim().equalsIgnoreCase("identity");
    }

    private static void refuseUnread(RoutingContext context, ProblemType type) {
        HttpServerRequest request = context.request();
        if (!request.isEnded()) {
            request.handler(unread -> {});
        }
        // By HTTP/2 others share the connection.
        if (request.version() != HttpVersion.HTTP_2) {
            closeAfterwards(context);
        }
        ProblemAnswer.end(context, type);
        request.resume();
    }

    /**
     * The rest of the body is not wanted, so the connection cannot be used again. A client that is still sending is let
     * finish for a moment: it would otherwise see a broken connection and not the answer.
     */
    private static void closeAfterwards(RoutingContext context) {
        HttpServerRequest request = context.request();
        context.response().putHeader(HttpHeaders.CONNECTION, "close");
        if (!request.isEnded()) {
            request.endHandler(sent -> request.connection().close());
        }
        context.vertx().setTimer(LINGER_MS, late -> request.connection().close());
    }

    private void fail(RoutingContext context) {
        Throwable failure = context.failure();
        if (context.response().ended()
                || context.response().headWritten()
                || failure instanceof IOException
                || BridgePaths.isSimulatedVendor(context)) {
            context.next();
            return;
        }
        Problem problem = problem(failure, context.statusCode());
        if (problem.status() == ProblemType.INTERNAL.status()) {
            LOG.error("Request failed before it reached a resource", failure);
        }
        ProblemAnswer.end(context, problem);
    }

    private static Problem problem(Throwable failure, int status) {
        if (failure instanceof ProblemException exception) {
            return exception.problem();
        }
        if (failure instanceof UnauthorizedException || failure instanceof AuthenticationException) {
            return Problem.of(ProblemType.UNAUTHENTICATED);
        }
        if (failure instanceof ForbiddenException) {
            return Problem.of(ProblemType.FORBIDDEN);
        }
        if (failure instanceof RejectedExecutionException) {
            return Problem.of(ProblemType.UNAVAILABLE);
        }
        return status >= 400 && status < 500 ? Problem.ofStatus(status) : Problem.of(ProblemType.INTERNAL);
    }
}
