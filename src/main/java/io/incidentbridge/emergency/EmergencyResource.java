package io.incidentbridge.emergency;

import io.incidentbridge.idempotency.Idempotent;
import io.incidentbridge.problem.Problem;
import io.incidentbridge.problem.ProblemException;
import io.incidentbridge.problem.ProblemType;
import io.incidentbridge.security.Rights;
import io.quarkus.security.identity.SecurityIdentity;
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
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Declares and ends emergencies. */
@Path("/v1/emergencies")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Emergencies")
@APIResponse(
        responseCode = "400",
        description = "Not JSON, an unknown field, or a broken rule: errors names each field",
        content = @Content(mediaType = EmergencyResource.PROBLEM, schema = @Schema(implementation = Problem.class)))
@APIResponse(responseCode = "401", description = "No valid credential, as a problem")
@APIResponse(responseCode = "403", description = "The credential lacks the right, as a problem")
@APIResponse(responseCode = "429", description = "The client's limit is used up; see Retry-After and RateLimit")
@APIResponse(
        responseCode = "503",
        description = "Not accepted, as it could not be stored as safely as configured: repeat it; as a problem")
public class EmergencyResource {

    static final String PROBLEM = "application/problem+json";

    private final EmergencyService service;
    private final SecurityIdentity identity;

    EmergencyResource(EmergencyService service, SecurityIdentity identity) {
        this.service = service;
        this.identity = identity;
    }

    @POST
    @Idempotent
    @RolesAllowed(Rights.EMERGENCY)
    @Parameter(
            name = Idempotent.HEADER,
            in = ParameterIn.HEADER,
            description = Idempotent.DESCRIPTION,
            schema = @Schema(type = SchemaType.STRING))
    @Operation(
            summary = "Tell what has become of an incident that concerns the routing of calls",
            description =
                    "202 as soon as it is stored; Genesys is switched in the background. A repeat is harmless and "
                            + "answers the current state. Timeout of the Data Action: 25 s, no retries, fallback PROCESSING.")
    @APIResponse(
            responseCode = "202",
            description = "Stored; the Location tells what becomes of it",
            content = @Content(schema = @Schema(implementation = EmergencyStatus.class)))
    public Uni<RestResponse<EmergencyStatus>> tell(@NotNull @Valid EmergencyRequest request, UriInfo uri) {
        return service.accept(request, identity.getPrincipal().getName())
                .map(status -> RestResponse.ResponseBuilder.create(RestResponse.Status.ACCEPTED, status)
                        .location(uri.getRequestUriBuilder()
                                .replaceQuery(null)
                                .path(request.correlationId())
                                .build())
                        .build());
    }

    @GET
    @Path("/{correlationId}")
    @RolesAllowed({Rights.EMERGENCY, Rights.DATA_ACTION, Rights.OPERATOR})
    @Operation(summary = "How an incident's emergency stands")
    @APIResponse(
            responseCode = "200",
            description = "How it stands",
            content = @Content(schema = @Schema(implementation = EmergencyStatus.class)))
    @APIResponse(responseCode = "404", description = "Nothing is known of this incident, as a problem")
    public Uni<EmergencyStatus> status(
            @PathParam("correlationId") @Pattern(regexp = EmergencyRequest.ID, message = EmergencyRequest.RULE)
                    String correlationId) {
        return service.status(correlationId)
                .onItem()
                .ifNull()
                .failWith(() ->
                        new ProblemException(ProblemType.NOT_FOUND, "Nothing is known of an incident of this id."));
    }
}
