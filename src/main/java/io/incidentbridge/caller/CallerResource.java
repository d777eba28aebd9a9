package io.incidentbridge.caller;

import io.incidentbridge.idempotency.Idempotent;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Data Actions of the arriving call. */
@Path("/v1/callers")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Rights.DATA_ACTION)
@Tag(name = "Callers")
public class CallerResource {

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
        return enrolment.enrol(request, identity.getPrincipal().getName());
    }
}
