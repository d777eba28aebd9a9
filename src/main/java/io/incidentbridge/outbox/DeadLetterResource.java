package io.incidentbridge.outbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentbridge.json.OffsetTime;
import io.incidentbridge.outbox.OutboxArchive.Part;
import io.incidentbridge.problem.FieldError;
import io.incidentbridge.problem.ProblemException;
import io.incidentbridge.problem.ProblemType;
import io.incidentbridge.security.Rights;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
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
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Work that failed for good, until an operator decides about it. */
@Path("/v1/ops/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Rights.OPERATOR)
@Tag(name = "Operators: dead letters")
@APIResponse(responseCode = "200", description = "As it is now")
@APIResponse(responseCode = "400", description = "A parameter or field breaks a rule, as a problem")
@APIResponse(responseCode = "401", description = "No valid credential, as a problem")
@APIResponse(responseCode = "403", description = "The credential lacks the right, as a problem")
@APIResponse(responseCode = "503", description = "Redis is away, as a problem")
public class DeadLetterResource {

    private final DeadLetters letters;
    private final SecurityIdentity identity;

    DeadLetterResource(DeadLetters letters, SecurityIdentity identity) {
        this.letters = letters;
        this.identity = identity;
    }

    @GET
    @Operation(summary = "Dead letters, newest first")
    public Uni<List<ItemView>> list(
            @QueryParam("kind")
                    @DefaultValue("")
                    @Pattern(regexp = OutboxResource.KIND, message = OutboxResource.KIND_RULE)
                    String kind,
            @QueryParam("reason") @DefaultValue("") @Size(max = 100) String reason,
            @QueryParam("from") @DefaultValue("") String from,
            @QueryParam("to") @DefaultValue("") String to,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
        return letters.list(
                Part.DEAD, kind, reason, time("from", from, Instant.EPOCH), time("to", to, DeadLetters.LATEST), limit);
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One dead letter with the request and the vendor's answer")
    @APIResponse(responseCode = "404", description = "There is no such item, as a problem")
    public Uni<ItemView> show(@PathParam("id") String id) {
        return letters.show(id);
    }

    @PUT
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Correct what is to be done", description = "It stays a dead letter until it is replayed.")
    @APIResponse(responseCode = "404", description = "There is no such item, as a problem")
    @APIResponse(responseCode = "409", description = "It is no dead letter, or was changed meanwhile; as a problem")
    public Uni<ItemView> edit(@PathParam("id") String id, @NotNull @Valid Correction correction) {
        return letters.edit(id, correction.body(), actor());
    }

    @POST
    @Path("/{id}/replay")
    @Operation(summary = "Do it again", description = "Within the vendor's budget, behind what waits already.")
    @APIResponse(responseCode = "404", description = "There is no such item, as a problem")
    @APIResponse(responseCode = "409", description = "It is no dead letter, as a problem")
    public Uni<ItemView> replay(@PathParam("id") String id) {
        return letters.replayOne(id, actor());
    }

    @POST
    @Path("/replay")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Do many again", description = "Within the vendor's budget, behind what waits already.")
    public Uni<Replayed> replayMany(@NotNull @Valid Selection selection) {
        return letters.replay(selection.ids(), actor())
                .map(count -> new Replayed(count, selection.ids().size() - count));
    }

    @POST
    @Path("/{id}/discard")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Decide that it will not be done", description = "Shown for a day, then forgotten.")
    @APIResponse(responseCode = "404", description = "There is no such item, as a problem")
    @APIResponse(responseCode = "409", description = "It is no dead letter, as a problem")
    public Uni<ItemView> discard(@PathParam("id") String id, @NotNull @Valid Discard discard) {
        return letters.discard(id, discard.reason(), actor());
    }

    /** @param body the whole of it, as shown */
    record Correction(@NotNull @Schema(implementation = Object.class) JsonNode body) {}

    /** @param ids of dead letters; others are left alone */
    record Selection(@NotEmpty @Size(max = 200) List<@NotBlank @Size(max = 100) String> ids) {}

    /** @param reason kept in the audit trail */
    record Discard(@NotBlank @Size(max = 500) String reason) {}

    /** @param skipped were no dead letters */
    record Replayed(int replayed, int skipped) {}

    private String actor() {
        return identity.getPrincipal().getName();
    }

    private static Instant time(String name, String text, Instant absent) {
        try {
            return text.isBlank() ? absent : OffsetTime.parse(text);
        } catch (DateTimeException e) {
            throw new ProblemException(
                    ProblemType.VALIDATION,
                    "A parameter breaks a rule; see errors.",
                    List.of(new FieldError(null, name, "time", e.getMessage())));
        }
    }
}
