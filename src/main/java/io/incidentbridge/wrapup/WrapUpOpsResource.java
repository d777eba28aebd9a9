package io.incidentbridge.wrapup;

import io.incidentbridge.json.OffsetTime;
import io.incidentbridge.problem.FieldError;
import io.incidentbridge.problem.ProblemException;
import io.incidentbridge.problem.ProblemType;
import io.incidentbridge.security.Rights;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Whether wrap-ups are where they should be, for operators. */
@Path("/v1/ops/wrapups")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Rights.OPERATOR)
@Tag(name = "Operators: wrap-ups")
@APIResponse(responseCode = "400", description = "A parameter breaks a rule, as a problem")
@APIResponse(responseCode = "401", description = "No valid credential, as a problem")
@APIResponse(responseCode = "403", description = "The credential lacks the right, as a problem")
@APIResponse(responseCode = "503", description = "Redis or ServiceNow is away, or has no budget to spare; as a problem")
public class WrapUpOpsResource {

    private static final Duration DAY = Duration.ofHours(24);

    private final WrapUpProof proof;
    private final Clock clock;

    WrapUpOpsResource(WrapUpProof proof, Clock clock) {
        this.proof = proof;
        this.clock = clock;
    }

    @GET
    @Path("/proof")
    @Operation(
            summary = "Compare what was accepted with what ServiceNow holds",
            description = "Reads ServiceNow once for 50 conversations, with the budget of background work.")
    @APIResponse(responseCode = "200", description = "The comparison; the latest 24 hours by default")
    public Uni<ProofView> proof(
            @Parameter(description = "ISO-8601 with offset, or next of the page before")
                    @QueryParam("from")
                    @DefaultValue("")
                    String from,
            @Parameter(description = "ISO-8601 with offset; not included") @QueryParam("to") @DefaultValue("")
                    String to,
            @QueryParam("limit") @DefaultValue("1000") @Min(1) @Max(5000) int limit) {
        Instant end = parsed("to", to, OffsetTime::parse, clock.instant());
        return proof.of(parsed("from", from, Cursor::parse, new Cursor(end.minus(DAY), "")), end, limit);
    }

    private static <T> T parsed(String name, String text, Function<String, T> parse, T absent) {
        try {
            return text.isBlank() ? absent : parse.apply(text);
        } catch (DateTimeException e) {
            throw new ProblemException(
                    ProblemType.VALIDATION,
                    "A parameter breaks a rule; see errors.",
                    List.of(new FieldError(null, name, "time", e.getMessage())));
        }
    }
}
