package io.incidentbridge.outbox;

import io.incidentbridge.outbox.OutboxArchive.Part;
import io.incidentbridge.security.Rights;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Accepted work that is not done yet, for operators. */
@Path("/v1/ops/outbox")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Rights.OPERATOR)
@Tag(name = "Operators: outbox")
@APIResponse(responseCode = "401", description = "No valid credential, as a problem")
@APIResponse(responseCode = "403", description = "The credential lacks the right, as a problem")
@APIResponse(responseCode = "503", description = "Redis is away, as a problem")
public class OutboxResource {

    static final String KIND = "([a-z-]{1,30})?";
    static final String KIND_RULE = "must be 1 to 30 lower-case letters and hyphens";

    private final OutboxGauges gauges;
    private final DeadLetters letters;

    OutboxResource(OutboxGauges gauges, DeadLetters letters) {
        this.gauges = gauges;
        this.letters = letters;
    }

    @GET
    @Operation(summary = "What waits to be done, by kind, and the newest of it")
    @APIResponse(responseCode = "200", description = "The whole of all replicas")
    public Uni<OutboxView> list(
            @QueryParam("kind") @DefaultValue("") @Pattern(regexp = KIND, message = KIND_RULE) String kind,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
        return gauges.kinds()
                .flatMap(kinds -> letters.list(Part.PENDING, kind, "", Instant.EPOCH, DeadLetters.LATEST, limit)
                        .map(items -> new OutboxView(kinds, items)));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One item in whatever state, with what is to be done")
    @APIResponse(responseCode = "200", description = "The item")
    @APIResponse(responseCode = "404", description = "There is no such item, or it has been forgotten; as a problem")
    public Uni<ItemView> show(@PathParam("id") String id) {
        return letters.show(id);
    }

    /** How much there is of each kind, and the newest items. */
    record OutboxView(List<KindView> kinds, List<ItemView> items) {}
}
