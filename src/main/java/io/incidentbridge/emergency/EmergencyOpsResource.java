package io.incidentbridge.emergency;

import io.incidentbridge.emergency.OpsAnswers.GroupState;
import io.incidentbridge.emergency.OpsAnswers.OverrideAnswer;
import io.incidentbridge.emergency.OpsAnswers.PlannedChange;
import io.incidentbridge.idempotency.Idempotent;
import io.incidentbridge.security.Rights;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Emergency routing by hand. */
@Path("/v1/ops")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Rights.OPERATOR)
@Tag(name = "Operators")
@APIResponse(responseCode = "200", description = "Done, or told")
@APIResponse(responseCode = "400", description = "A broken rule: errors names each field")
@APIResponse(responseCode = "404", description = "No such group, incident or proposal, as a problem")
public class EmergencyOpsResource {

    private static final String ID = "[A-Za-z0-9_.:-]{1,100}";
    private static final String RULE = "must be 1 to 100 of the characters A-Z a-z 0-9 _ . : -";

    private final EmergencyOperations operations;
    private final EmergencyConfig config;
    private final SecurityIdentity identity;

    EmergencyOpsResource(EmergencyOperations operations, EmergencyConfig config, SecurityIdentity identity) {
        this.operations = operations;
        this.config = config;
        this.identity = identity;
    }

    /** Why an operator does it. */
    record Reason(@NotBlank @Size(max = 500) String reason) {}

    /** @param ttl seconds from now on */
    record Extension(@NotNull Integer ttl, @NotBlank @Size(max = 500) String reason) {}

    /** @param proposalId as the proposal was answered */
    record Confirmation(@NotNull @Pattern(regexp = ID, message = RULE) String proposalId) {}

    @GET
    @Path("/emergencies")
    @Operation(summary = "Incidents of a group, the last changed ones first, ended ones included")
    public Uni<List<EmergencyStatus>> claims(
            @QueryParam("group") String group, @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(500) int limit) {
        return operations.claims(group == null || group.isEmpty() ? config.defaultGroup() : group, limit);
    }

    @POST
    @Idempotent
    @Path("/emergencies/{correlationId}/extend")
    @Operation(summary = "Give an incident's emergency another ttl; opens an expired one again")
    public Uni<EmergencyStatus> extend(
            @PathParam("correlationId") @Pattern(regexp = ID, message = RULE) String correlationId,
            @NotNull @Valid Extension extension) {
        return operations.extend(correlationId, Duration.ofSeconds(extension.ttl()), extension.reason(), actor());
    }

    @POST
    @Idempotent
    @Path("/emergencies/{correlationId}/resolve")
    @Operation(summary = "End an incident's emergency, whatever its source says; only a later reopening opens it again")
    public Uni<EmergencyStatus> resolve(
            @PathParam("correlationId") @Pattern(regexp = ID, message = RULE) String correlationId,
            @NotNull @Valid Reason reason) {
        return operations.resolve(correlationId, reason.reason(), actor());
    }

    @GET
    @Path("/emergency-groups")
    @Operation(summary = "All groups: desired and observed routing, targets, override")
    public Uni<List<GroupState>> groups() {
        return Multi.createFrom()
                .iterable(operations.groups())
                .onItem()
                .transformToUniAndConcatenate(operations::group)
                .collect()
                .asList();
    }

    @GET
    @Path("/emergency-groups/{group}")
    @Operation(summary = "One group: desired and observed routing, targets, override")
    public Uni<GroupState> group(@PathParam("group") String group) {
        return operations.group(group);
    }

    @GET
    @Path("/emergency-groups/{group}/plan")
    @Operation(summary = "What would be sent to Genesys now: reads there, writes nothing")
    public Uni<List<PlannedChange>> plan(@PathParam("group") String group) {
        return operations.plan(group);
    }

    @POST
    @Idempotent
    @Path("/emergency-groups/{group}/override")
    @Operation(summary = "Force a group ACTIVE or INACTIVE until an end time, or tell what that would send (dryRun)")
    public Uni<OverrideAnswer> override(@PathParam("group") String group, @NotNull @Valid OverrideRequest request) {
        return operations.override(group, request, actor());
    }

    @POST
    @Idempotent
    @Path("/emergency-groups/{group}/override/confirm")
    @Operation(summary = "Confirm what somebody else has proposed, within ten minutes")
    @APIResponse(responseCode = "403", description = "Proposed by the same person, as a problem")
    public Uni<OverrideAnswer> confirm(@PathParam("group") String group, @NotNull @Valid Confirmation confirmation) {
        return operations.confirm(group, confirmation.proposalId(), actor());
    }

    @DELETE
    @Path("/emergency-groups/{group}/override")
    @Operation(summary = "Take the override back: the incidents decide again")
    public Uni<OverrideAnswer> clear(@PathParam("group") String group) {
        return operations.clear(group, actor());
    }

    private String actor() {
        return identity.getPrincipal().getName();
    }
}
