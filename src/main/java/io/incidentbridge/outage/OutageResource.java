package io.incidentbridge.outage;

import io.incidentbridge.security.Rights;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The mode that flows ask for. */
@Path("/v1/outages")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Rights.DATA_ACTION)
@Tag(name = "Outages")
public class OutageResource {

    private final OutageBreaker breaker;

    OutageResource(OutageBreaker breaker) {
        this.breaker = breaker;
    }

    @GET
    @Path("/current")
    @Operation(
            summary = "The mode of a topic",
            description = "Answered from memory, also while Redis is away (then with the last known mode).")
    @APIResponse(responseCode = "200", description = "The mode, and what to tell the caller")
    @APIResponse(responseCode = "400", description = "A parameter breaks a rule, as a problem")
    public Uni<CurrentOutage> current(
            @Parameter(description = "What the call is about; empty for the service desk as a whole")
                    @Size(max = 100)
                    @QueryParam("topic")
                    String topic,
            @Parameter(description = "Language of the announcement, the configured one when empty")
                    @Pattern(
                            regexp = "([A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*)?",
                            message = "must be a language tag, such as en or de-CH")
                    @Size(max = 35)
                    @QueryParam("language")
                    String language) {
        return breaker.view(topic, language).map(CurrentOutage::of);
    }

    /** The answer, flat and without absent fields. */
    @Schema(description = "Every field is always present: empty text where there is nothing to tell.")
    record CurrentOutage(
            @Schema(description = "NORMAL, CATASTROPHE or RECOVERING") OutageView.Mode mode,
            @Schema(description = "As the bridge spells it; global when the whole service desk is concerned")
                    String topic,
            @Schema(description = "Empty until the master incident exists") String masterNumber,
            String masterUrl,
            @Schema(description = "What to tell the caller") String announcement,
            @Schema(examples = "2026-11-22T09:30:00Z") String since) {

        static CurrentOutage of(OutageView view) {
            return new CurrentOutage(
                    view.mode(),
                    view.topic(),
                    view.masterNumber(),
                    view.masterUrl(),
                    view.announcement(),
                    view.since());
        }
    }
}
