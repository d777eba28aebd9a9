package io.incidentbridge.webhook;

import io.incidentbridge.metrics.WebhookMetrics;
import io.incidentbridge.problem.ProblemException;
import io.incidentbridge.problem.ProblemType;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Where incidents' sources deliver their events. Answers 2xx to whatever is signed, as soon as it is stored, and 5xx when
 * it cannot be stored: PagerDuty drops a delivery at any 4xx, and after three of them everything for a day.
 */
@Path("/v1/webhooks")
@PermitAll
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Webhooks")
public class WebhookResource {

    private static final Logger LOG = Logger.getLogger(WebhookResource.class);
    private static final Duration COME_BACK = Duration.ofSeconds(5);
    private static final byte[] NOTHING = {};

    private final WebhookVerifier verifier;
    private final Reception reception;
    private final WebhookConfig config;
    private final WebhookMetrics metrics;

    WebhookResource(WebhookVerifier verifier, Reception reception, WebhookConfig config, WebhookMetrics metrics) {
        this.verifier = verifier;
        this.reception = reception;
        this.config = config;
        this.metrics = metrics;
    }

    @POST
    @Path("/{source: " + WebhookSource.PATTERN + "}/{name}")
    @Operation(
            summary = "Take a signed webhook",
            description = "The signature over the raw body is the credential; there is no key. Repeats are recognised.")
    @RequestBody(
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Object.class)))
    @APIResponse(responseCode = "202", description = "Stored, seen before, or of no interest")
    @APIResponse(responseCode = "401", description = "Unknown name, or not signed as it must be")
    @APIResponse(responseCode = "413", description = "The body is too large")
    @APIResponse(responseCode = "503", description = "It cannot be stored now; deliver it again")
    public Uni<RestResponse<Answer>> receive(
            @PathParam("source") String path,
            @PathParam("name") String name,
            @Context HttpHeaders httpHeaders,
            byte[] content) {
        WebhookSource source = WebhookSource.ofPath(path);
        byte[] body = content == null ? NOTHING : content;
        Headers headers = new Headers(httpHeaders::getRequestHeader);
        if (body.length > config.largestBody()) {
            throw refused(source, "too_large", ProblemType.PAYLOAD_TOO_LARGE, "The body is too large.");
        }
        if (!verifier.verify(source, name, headers, body)) {
            // Counted, not logged as a warning: whoever can reach this address could fill the log.
            LOG.debugf("webhook refused: not signed as it must be source=%s", path);
            // Strangers try names; an alert is for senders that are set up.
            String outcome = verifier.knows(source, name) ? "unsigned" : "unknown";
            throw refused(source, outcome, ProblemType.UNAUTHENTICATED, "No valid signature for this address.");
        }
        return reception
                .receive(source, name, headers, body)
                .invoke(outcome -> metrics.webhook(path, outcome.label()))
                .map(WebhookResource::answer);
    }

    private ProblemException refused(WebhookSource source, String outcome, ProblemType type, String detail) {
        metrics.webhook(source.path(), outcome);
        return new ProblemException(type, detail);
    }

    private static RestResponse<Answer> answer(Reception.Outcome outcome) {
        if (outcome == Reception.Outcome.OVERLOADED) {
            throw new ProblemException(ProblemType.UNAVAILABLE, "Too many deliveries wait to be applied.")
                    .retryAfter(COME_BACK);
        }
        return RestResponse.status(RestResponse.Status.ACCEPTED, new Answer(outcome.name()));
    }

    /** What became of the delivery; senders only look at the HTTP status. */
    public record Answer(String status) {}
}
