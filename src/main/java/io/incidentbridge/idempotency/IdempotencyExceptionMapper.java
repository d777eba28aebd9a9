package io.incidentbridge.idempotency;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Answers with a problem document. */
class IdempotencyExceptionMapper {

    @ServerExceptionMapper
    Response problem(IdempotencyException refusal) {
        Map<String, Object> body = Map.of(
                "type",
                "about:blank",
                "status",
                refusal.status(),
                "title",
                Response.Status.fromStatusCode(refusal.status()) == null
                        ? "Unprocessable Content"
                        : Response.Status.fromStatusCode(refusal.status()).getReasonPhrase(),
                "detail",
                refusal.getMessage());
        Response.ResponseBuilder answer = Response.status(refusal.status())
                .header(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .entity(body);
        refusal.retryAfter()
                .ifPresent(wait -> answer.header(
                        HttpHeaders.RETRY_AFTER,
                        Math.max(1, wait.plusMillis(999).toSeconds())));
        return answer.build();
    }
}
