package io.incidentbridge.report;

import io.incidentbridge.problem.FieldError;
import io.incidentbridge.problem.ProblemException;
import io.incidentbridge.problem.ProblemType;
import io.incidentbridge.security.Rights;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** What the bridge achieved, for operators. */
@Path("/v1/reports")
@RolesAllowed(Rights.OPERATOR)
@Tag(name = "Operators: reports")
@APIResponse(responseCode = "400", description = "A parameter breaks a rule, as a problem")
@APIResponse(responseCode = "401", description = "No valid credential, as a problem")
@APIResponse(responseCode = "403", description = "The credential lacks the right, as a problem")
public class ReportResource {

    private static final String CSV = "text/csv";

    private final ServiceDesk serviceDesk;
    private final Clock clock;

    ReportResource(ServiceDesk serviceDesk, Clock clock) {
        this.serviceDesk = serviceDesk;
        this.clock = clock;
    }

    @GET
    @Path("/service-desk")
    @Produces({MediaType.APPLICATION_JSON, CSV})
    @Operation(
            summary = "The service desk's numbers of a period",
            description =
                    "Whole hours: times within one are widened. Reads ServiceNow with the budget of background work; a part"
                            + " whose source is away is named under unavailable.")
    @APIResponse(
            responseCode = "200",
            description = "The latest 24 hours by default, JSON or CSV by Accept or format",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = ServiceDeskReport.class)),
                @Content(mediaType = CSV, schema = @Schema(implementation = String.class))
            })
    public Uni<RestResponse<Object>> serviceDesk(
            @Parameter(description = "ISO-8601 with offset") @QueryParam("from") @DefaultValue("") String from,
            @Parameter(description = "ISO-8601 with offset; not included, at most 92 days after from")
                    @QueryParam("to")
                    @DefaultValue("")
                    String to,
            @Parameter(description = "json or csv; by Accept when absent") @QueryParam("format") @DefaultValue("")
                    String format,
            @Context HttpHeaders headers) {
        boolean csv = isCsv(format, headers);
        ReportPeriod period = ReportPeriod.of(from, to, clock.instant());
        return serviceDesk.report(period).map(report -> csv ? csv(report) : json(report));
    }

    private static boolean isCsv(String format, HttpHeaders headers) {
        return switch (format) {
            case "csv" -> true;
            case "json" -> false;
            case "" ->
                headers.getAcceptableMediaTypes().stream()
                        .findFirst()
                        .map(MediaType.valueOf(CSV)::equals)
                        .orElse(false);
            default ->
                throw new ProblemException(
                        ProblemType.VALIDATION,
                        "A parameter breaks a rule; see errors.",
                        List.of(new FieldError(null, "format", "enum", "must be json or csv")));
        };
    }

    private static RestResponse<Object> json(ServiceDeskReport report) {
        return ResponseBuilder.<Object>ok(report, MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    private static RestResponse<Object> csv(ServiceDeskReport report) {
        return ResponseBuilder.<Object>ok(ReportCsv.of(report), MediaType.valueOf(CSV + ";charset=UTF-8"))
                .header("Content-Disposition", "attachment; filename=\"service-desk.csv\"")
                .build();
    }
}
