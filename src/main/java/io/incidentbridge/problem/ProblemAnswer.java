package io.incidentbridge.problem;

import io.incidentbridge.correlation.CorrelationId;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes a problem, behind JAX-RS and before it alike. The JSON is built by hand so that errors need no reflection and
 * no object mapper, whose own failure may be what is being reported.
 */
public final class ProblemAnswer {

    /** Lets browsers and Data Actions with Basic credentials know that these are taken, the key being the password. */
    public static final String CHALLENGE = "Basic realm=\"Incident Bridge\", charset=\"UTF-8\"";

    private static final String MEDIA_TYPE = "application/problem+json";

    private ProblemAnswer() {}

    static Response response(Problem problem, Map<String, String> headers) {
        Response.ResponseBuilder response =
                Response.status(problem.status()).type(MEDIA_TYPE).entity(json(problem));
        headers(problem, headers).forEach(response::header);
        return response.build();
    }

    /** Ends the request with a problem before a resource was reached. */
    public static void end(RoutingContext context, ProblemType type) {
        end(context, Problem.of(type));
    }

    static void end(RoutingContext context, Problem problem) {
        HttpServerResponse response = context.response().setStatusCode(problem.status());
        headers(problem, Map.of()).forEach(response::putHeader);
        response.putHeader(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE).end(json(problem));
    }

    private static Map<String, String> headers(Problem problem, Map<String, String> others) {
        Map<String, String> headers = new LinkedHashMap<>(others);
        if (problem.retryAfterSeconds() != null) {
            headers.put(HttpHeaders.RETRY_AFTER, problem.retryAfterSeconds().toString());
        }
        if (problem.status() == ProblemType.UNAUTHENTICATED.status()) {
            headers.put(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
        }
        return headers;
    }

    static String json(Problem problem) {
        JsonObject json = new JsonObject()
                .put("type", problem.type().toString())
                .put("title", problem.title())
                .put("status", problem.status())
                .put("detail", problem.detail())
                .put("code", problem.code())
                .put("retryable", problem.retryable());
        if (problem.instance() != null) {
            json.put("instance", problem.instance().toString());
        }
        if (problem.retryAfterSeconds() != null) {
            json.put("retryAfterSeconds", problem.retryAfterSeconds());
        }
        CorrelationId.current().ifPresent(id -> json.put("correlationId", id));
        JsonArray errors = new JsonArray();
        problem.errors().forEach(error -> errors.add(json(error)));
        return json.put("errors", errors).encode();
    }

    private static JsonObject json(FieldError error) {
        JsonObject json = new JsonObject();
        if (error.pointer() != null) {
            json.put("pointer", error.pointer());
        }
        return json.put("field", error.field()).put("rule", error.rule()).put("detail", error.detail());
    }
}
