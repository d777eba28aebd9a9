package io.incidentbridge.report;

import io.incidentbridge.security.Rights;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Operators repair phone incidents that belong to no conversation. */
@Path("/v1/ops/integrity")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Rights.OPERATOR)
@Tag(name = "Operators: reports")
public class IntegrityResource {

    private final IntegrityRepair repair;
    private final SecurityIdentity identity;

    IntegrityResource(IntegrityRepair repair, SecurityIdentity identity) {
        this.repair = repair;
        this.identity = identity;
    }

    @POST
    @Path("/{sysId}/repair")
    @Operation(
            summary = "Give a phone incident its conversation's id",
            description =
                    "Where the bridge has written the conversation's wrap-up to it. Audited; a repeat does nothing.")
    @APIResponse(responseCode = "200", description = "The outcome is the answer's status")
    @APIResponse(responseCode = "400", description = "No sys_id, as a problem")
    @APIResponse(responseCode = "401", description = "No valid credential, as a problem")
    @APIResponse(responseCode = "403", description = "The credential lacks the right, as a problem")
    @APIResponse(
            responseCode = "503",
            description = "Redis or ServiceNow is away, or has no budget to spare; as a problem")
    public Uni<IntegrityRepair.Repair> repair(
            @PathParam("sysId") @Pattern(regexp = "[0-9a-f]{32}", message = "must be 32 of the characters 0-9 a-f")
                    String sysId) {
        return repair.repair(sysId, identity.getPrincipal().getName());
    }
}
