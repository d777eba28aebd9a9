package io.incidentbridge.caller;

import io.incidentbridge.idempotency.Idempotent;
import io.incidentbridge.problem.FieldError;
import io.incidentbridge.problem.Problem;
import io.incidentbridge.problem.ProblemException;
import io.incidentbridge.problem.ProblemType;
import io.incidentbridge.security.Rights;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Data Actions of the arriving call. */
@Path("/v1/callers")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Rights.DATA_ACTION)
@Tag(name = "Callers")
@APIResponse(responseCode = "200", description = "The outcome is the answer's status")
@APIResponse(
        responseCode = "400",
        description = "Not JSON, an unknown field, or a broken rule: errors names each field",
        content = @Content(mediaType = CallerResource.PROBLEM, schema = @Schema(implementation = Problem.class)))
@APIResponse(responseCode = "401", description = "No valid credential, as a problem")
@APIResponse(responseCode = "403", description = "The credential lacks the right, as a problem")
@APIResponse(responseCode = "413", description = "The body is above 1 MiB, as a problem")
@APIResponse(responseCode = "415", description = "The body is not application/json, as a problem")
@APIResponse(responseCode = "429", description = "The client's limit is used up; see Retry-After and RateLimit")
public class CallerResource {

    static final String PROBLEM = "application/problem+json";

    private final CallerLookup lookup;
    private final PhoneEnrolment enrolment;
    private final SecurityIdentity identity;

    CallerResource(CallerLookup lookup, PhoneEnrolment enrolment, SecurityIdentity identity) {
        this.lookup = lookup;
        this.enrolment = enrolment;
        this.identity = identity;
    }

    @POST
    @Path("/lookup")
    @Operation(
            summary = "Find the caller and the caller's open incidents",
            description = "Always 200 with a status, within 2.5 s. Timeout of the Data Action: 4 s, no retries.")
    public Uni<ScreenPop> lookup(@NotNull @Valid LookupRequest request) {
        if (!request.namesOneCaller()) {
            throw oneOf("ani", "employeeId");
        }
        return lookup.lookup(request);
    }

    @POST
    @Path("/enrol")
    @Idempotent
    @Parameter(
            name = Idempotent.HEADER,
            in = ParameterIn.HEADER,
            description = Idempotent.DESCRIPTION,
            schema = @Schema(type = SchemaType.STRING))
    @Operation(
            summary = "Add the calling number to a user's profile",
            description = "Never overwrites a number and never takes one that an active user has.")
    public Uni<Enrolment> enrol(@NotNull @Valid EnrolRequest request) {
        if (!request.namesOneUser()) {
            throw oneOf("employeeId", "sysId");
        }
        return enrolment.enrol(request, identity.getPrincipal().getName());
    }

    private static ProblemException oneOf(String first, String second) {
        String rule = "exactly one of " + first + " and " + second + " must be given";
        return new ProblemException(
                ProblemType.VALIDATION,
                "The request breaks a rule; see errors.",
                List.of(new FieldError("", "", "one-of", rule)));
    }
}
