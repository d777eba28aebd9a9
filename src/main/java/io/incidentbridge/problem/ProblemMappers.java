package io.incidentbridge.problem;

import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.hibernate.validator.runtime.jaxrs.ResteasyReactiveViolationException;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ValidationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.ResteasyReactiveClientProblem;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every exception behind a resource becomes a problem here; the framework's own mappers are all overridden. */
class ProblemMappers {

    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
    private static final String UNAVAILABLE = "A system behind the bridge does not answer at the moment.";

    @ServerExceptionMapper
    Response answer(ProblemException exception) {
        return ProblemAnswer.response(exception.problem(), exception.headers());
    }

    /** The parameter is what all three extend; a narrower one would be cast to, and fail, only when it is called. */
    @ServerExceptionMapper({
        UnauthorizedException.class,
        AuthenticationFailedException.class,
        AuthenticationCompletionException.class
    })
    Response unauthenticated(RuntimeException exception) {
        // Missing and wrong keys get one answer: which of the two it was is nobody's business.
        return plain(Problem.of(ProblemType.UNAUTHENTICATED));
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException exception) {
        return plain(Problem.of(ProblemType.FORBIDDEN));
    }

    @ServerExceptionMapper({ValidationException.class, ConstraintViolationException.class})
    Response violation(ValidationException exception) {
        if (exception instanceof ResteasyReactiveViolationException violations && Violations.blameCaller(violations)) {
            return plain(Problem.of(
                    ProblemType.VALIDATION,
                    "One or more fields break a rule; see errors.",
                    null,
                    Violations.errors(violations)));
        }
        return internal(exception);
    }

    @ServerExceptionMapper
    Response http(WebApplicationException exception) {
        int status = exception.getResponse().getStatus();
        if (exception instanceof ResteasyReactiveClientProblem) {
            // A vendor's status that nobody translated is the bridge's fault, not the caller's.
            return internal(exception);
        }
        if (status < 400) {
            return exception.getResponse();
        }
        if (status >= 500 && status != ProblemType.UNAVAILABLE.status()) {
            return internal(exception);
        }
        return ProblemAnswer.response(Problem.ofStatus(status), headersToKeep(exception.getResponse()));
    }

    @ServerExceptionMapper
    Response overloaded(RejectedExecutionException exception) {
        LOG.warn("No worker thread is free");
        return plain(Problem.of(ProblemType.UNAVAILABLE));
    }

    @ServerExceptionMapper
    Response upstream(UpstreamException exception) {
        LOG.warnf("Request not served: %s", exception.getMessage());
        ProblemException unavailable = new ProblemException(ProblemType.UNAVAILABLE, UNAVAILABLE);
        exception.retryAfter().ifPresent(unavailable::retryAfter);
        return answer(unavailable);
    }

    /** Jackson's are listed because the framework maps them to 400, although the body was read long before. */
    @ServerExceptionMapper({Throwable.class, MismatchedInputException.class, InvalidDefinitionException.class})
    Response anything(Throwable exception) {
        Throwable cause = exception;
        while (isWrapper(cause) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof ProblemException problem) {
            return answer(problem);
        }
        return cause instanceof UpstreamException upstream ? upstream(upstream) : internal(cause);
    }

    private static boolean isWrapper(Throwable exception) {
        return exception instanceof CompletionException
                || exception instanceof ExecutionException
                || exception instanceof UndeclaredThrowableException;
    }

    private static Response internal(Throwable exception) {
        if (exception instanceof IOException) {
            LOG.debug("Request not read to its end: the caller most likely hung up", exception);
        } else {
            LOG.error("Request failed", exception);
        }
        return plain(Problem.of(ProblemType.INTERNAL));
    }

    private static Response plain(Problem problem) {
        return ProblemAnswer.response(problem, Map.of());
    }

    private static Map<String, String> headersToKeep(Response response) {
        Map<String, String> kept = new LinkedHashMap<>();
        for (String name : List.of(HttpHeaders.ALLOW, HttpHeaders.RETRY_AFTER)) {
            String value = response.getHeaderString(name);
            if (value != null) {
                kept.put(name, value);
            }
        }
        return kept;
    }
}
