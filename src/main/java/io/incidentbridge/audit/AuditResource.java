package io.incidentbridge.audit;

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
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestMulti;

/** Operators read, export and verify the audit trail. Nobody can change it here. */
@Path("/v1/ops/audit")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Rights.OPERATOR)
@Tag(name = "Operators: audit")
public class AuditResource {

    private final AuditReader reader;
    private final AuditExport export;
    private final AuditVerifier verifier;
    private final AuditTrail trail;
    private final SecurityIdentity identity;

    AuditResource(
            AuditReader reader,
            AuditExport export,
            AuditVerifier verifier,
            AuditTrail trail,
            SecurityIdentity identity) {
        this.reader = reader;
        this.export = export;
        this.verifier = verifier;
        this.trail = trail;
        this.identity = identity;
    }

    @GET
    @Operation(summary = "The newest entries first; next is the cursor of the following page")
    public Uni<AuditPage> list(
            @BeanParam AuditFilter filter,
            @QueryParam("cursor") String cursor,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(1000) int limit) {
        return reader.page(filter, cursor, limit);
    }

    @GET
    @Path("/export.jsonl")
    @Produces("application/jsonl")
    @Operation(summary = "All matching entries, the oldest first, one JSON document a line; exporting is audited too")
    public RestMulti<String> exportJsonLines(@BeanParam AuditFilter filter) {
        return export.jsonLines(filter, actor());
    }

    @GET
    @Path("/export.csv")
    @Produces("text/csv;charset=UTF-8")
    @Operation(summary = "All matching entries, the oldest first, for a spreadsheet; exporting is audited too")
    public RestMulti<String> exportCsv(@BeanParam AuditFilter filter) {
        return export.csv(filter, actor());
    }

    @POST
    @Path("/acknowledgement")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Says that everything that is wrong with the trail now is known and explained",
            description =
                    "Verifies the trail, acknowledges what is found with an entry of the trail, and answers it. What"
                            + " is found later, or changes, counts again")
    public Uni<ChainReport> acknowledge(@NotNull @Valid Explanation explanation) {
        return verifier.acknowledge(trail, actor(), explanation.reason());
    }

    private String actor() {
        return identity.getPrincipal().getName();
    }

    /** Why the trail is as it is. */
    record Explanation(@NotBlank @Size(max = 500) String reason) {}

    @GET
    @Path("/verify")
    @Operation(
            summary = "Checks every seal of the whole trail",
            description =
                    "seq and mac of an entry seen before, in the log or an earlier answer, also show a trail that was"
                            + " cut behind it and put together again")
    public Uni<ChainReport> verify(@QueryParam("seq") @Min(1) Long seq, @QueryParam("mac") String mac) {
        if ((seq == null) != (mac == null)) {
            String rule = "must be given together with the other of seq and mac";
            throw new ProblemException(
                    ProblemType.VALIDATION,
                    rule,
                    List.of(new FieldError(null, seq == null ? "seq" : "mac", "not-null", rule)));
        }
        return verifier.verify(seq == null ? List.of() : List.of(new ChainLink(seq, mac, "0-0")));
    }
}
