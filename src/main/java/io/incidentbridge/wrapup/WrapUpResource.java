package io.incidentbridge.wrapup;

import io.incidentbridge.idempotency.Idempotent;
import io.incidentbridge.problem.Problem;
import io.incidentbridge.problem.ProblemException;
import io.incidentbridge.problem.ProblemType;
import io.incidentbridge.security.Rights;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Data Actions of the finished call. */
@Path("/v1/wrapups")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Rights.DATA_ACTION)
@Tag(name = "Wrap-ups")
@APIResponse(responseCode = "200", description = "The outcome is the answer's status")
@APIResponse(
        responseCode = "400",
        description = "Not JSON, an unknown field, or a broken rule: errors names each field",
        content = @Content(mediaType = WrapUpResource.PROBLEM, schema = @Schema(implementation = Problem.class)))
@APIResponse(responseCode = "401", description = "No valid credential, as a problem")
@APIResponse(responseCode = "403", description = "The credential lacks the right, as a problem")
@APIResponse(responseCode = "429", description = "The client's limit is used up; see Retry-After and RateLimit")
@APIResponse(responseCode = "503", description = "It cannot be kept now: nothing was accepted, as a problem")
public class WrapUpResource {

    static final String PROBLEM = "application/problem+json";

    private static final int WAIT_MS = 800;

    private final WrapUpService service;

    WrapUpResource(WrapUpService service) {
        this.service = service;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Idempotent
    @Parameter(
            name = Idempotent.HEADER,
            in = ParameterIn.HEADER,
            description = Idempotent.DESCRIPTION,
            schema = @Schema(type = SchemaType.STRING))
    @Operation(
            summary = "Leave the call's ticket",
            description =
                    "Answered once the wrap-up is kept durably; it leaves one incident per conversation, whatever is "
                            + "repeated. A repeat answers how it stands; one that says something new amends the same incident. "
                            + "With the default waitMs answered within 1.5 s. Timeout of the Data Action: 10 s.")
    @APIResponse(responseCode = "413", description = "The body is above 1 MiB, as a problem")
    @APIResponse(responseCode = "415", description = "The body is not application/json, as a problem")
    public Uni<WrapUpReceipt> record(@NotNull @Valid WrapUpRequest request) {
        Duration wait = Duration.ofMillis(request.waitMs() == null ? WAIT_MS : request.waitMs());
        return service.record(WrapUp.of(request), wait);
    }

    @GET
    @Path("/{conversationId}")
    @Operation(
            summary = "How a conversation's wrap-up stands",
            description = "After DEFERRED, until the number is there.")
    @APIResponse(responseCode = "404", description = "Nothing was kept for this conversation, as a problem")
    public Uni<WrapUpReceipt> find(
            @PathParam("conversationId") @Pattern(regexp = Ids.REQUIRED, message = Ids.RULE) String conversationId) {
        return service.find(conversationId)
                .map(found -> found.orElseThrow(() ->
                        new ProblemException(ProblemType.NOT_FOUND, "No wrap-up was kept for this conversation.")));
    }
}
