package io.incidentbridge.outage;

import io.incidentbridge.security.Rights;
import io.quarkus.security.identity.SecurityIdentity;
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
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Operators see every topic, and open, end, hold and release catastrophe mode by hand. The topic {@code global} is all. */
@Path("/v1/ops/outages")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Rights.OPERATOR)
@Tag(name = "Operators: outages")
public class OutageOpsResource {

    private final OutageControl control;
    private final SecurityIdentity identity;

    OutageOpsResource(OutageControl control, SecurityIdentity identity) {
        this.control = control;
        this.identity = identity;
    }

    @GET
    @Operation(summary = "Every topic that is open, held, or has had calls lately, with its numbers")
    public Uni<TopicList> list() {
        return control.topics().map(TopicList::new);
    }

    @GET
    @Path("/history")
    @Operation(summary = "What changed, newest first")
    public Uni<History> history(@Size(max = 100) @QueryParam("topic") String topic) {
        return control.history(topic).map(History::new);
    }

    @POST
    @Path("/{topic}/trip")
    @Operation(
            summary = "Open a topic now",
            description = "Without until it ends by itself as any outage; with until it stays open until then.")
    public Uni<TopicStatus> trip(@PathParam("topic") String topic, @NotNull @Valid Reason request) {
        return control.trip(topic, request.reason(), request.until(), actor());
    }

    @POST
    @Path("/{topic}/reset")
    @Operation(summary = "End an outage now, and whatever is held")
    public Uni<TopicStatus> reset(@PathParam("topic") String topic, @NotNull @Valid Reason request) {
        if (request.until() != null) {
            throw OutageControl.wrong("until", "must be absent: a reset has no end");
        }
        return control.reset(topic, request.reason(), actor());
    }

    @POST
    @Path("/{topic}/force")
    @Operation(
            summary = "Keep a topic open or closed whatever the signals say",
            description = "Until it is released or reset or, where given, until a moment.")
    public Uni<TopicStatus> force(@PathParam("topic") String topic, @NotNull @Valid Force request) {
        return control.force(topic, request.open(), request.reason(), request.until(), actor());
    }

    @POST
    @Path("/{topic}/release")
    @Operation(summary = "Leave a topic to the signals again")
    public Uni<TopicStatus> release(@PathParam("topic") String topic, @NotNull @Valid Reason request) {
        if (request.until() != null) {
            throw OutageControl.wrong("until", "must be absent: a release has no end");
        }
        return control.release(topic, request.reason(), actor());
    }

    @PUT
    @Path("/{topic}/master")
    @Operation(
            summary = "Name the incident that an open topic's calls are noted against",
            description = "What was noted before stays where it was written.")
    public Uni<TopicStatus> master(@PathParam("topic") String topic, @NotNull @Valid MasterNumber request) {
        return control.master(topic, request.number(), request.reason(), actor());
    }

    @GET
    @Path("/ledger/{outageId}")
    @Operation(summary = "The calls noted in an outage, as they came")
    public Uni<LedgerPage> ledger(
            @PathParam("outageId") String outageId,
            @QueryParam("from") @Min(0) @DefaultValue("0") long from,
            @QueryParam("limit") @Min(1) @Max(1000) @DefaultValue("100") int limit) {
        return control.ledger(outageId, from, limit);
    }

    private String actor() {
        return identity.getPrincipal().getName();
    }

    /** Why, and for how long. */
    @Schema(description = "What the audit trail keeps of an operator's change")
    record Reason(@NotBlank @Size(max = 500) String reason, @Schema(examples = "2030-01-31T09:00:00Z") Instant until) {}

    /** What to hold. */
    record Force(
            @NotNull @Schema(description = "true keeps it open, false keeps it closed") Boolean open,
            @NotBlank @Size(max = 500) String reason,
            @Schema(examples = "2030-01-31T09:00:00Z") Instant until) {}

    /** Which incident. */
    record MasterNumber(
            @NotBlank
                    @Pattern(regexp = "[A-Za-z0-9]{1,40}", message = "must be 1 to 40 letters and digits")
                    @Schema(examples = "INC0010023")
                    String number,
            @NotBlank @Size(max = 500) String reason) {}

    /** All topics. */
    record TopicList(List<TopicStatus> topics) {}

    /** Transitions, newest first. */
    record History(List<Transition> transitions) {}
}
