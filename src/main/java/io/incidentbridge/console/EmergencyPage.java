package io.incidentbridge.console;

import io.incidentbridge.emergency.EmergencyOperations;
import io.incidentbridge.emergency.Forced;
import io.incidentbridge.emergency.OpsAnswers.OverrideAnswer;
import io.incidentbridge.emergency.OpsAnswers.PlannedChange;
import io.incidentbridge.emergency.OverrideRequest;
import io.incidentbridge.security.Rights;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
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
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Emergency routing: what is desired and what Genesys has, whose incidents hold it, and an operator's override. */
@Path("/console/emergencies")
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@RolesAllowed(Rights.OPERATOR)
public class EmergencyPage {

    private static final String ID = "[A-Za-z0-9_.:-]{1,100}";
    private static final String ID_RULE = "must be 1 to 100 of the characters A-Z a-z 0-9 _ . : -";

    private final EmergencyOperations emergencies;
    private final Panels panels;
    private final SecurityIdentity identity;
    private final Clock clock;

    EmergencyPage(EmergencyOperations emergencies, Panels panels, SecurityIdentity identity, Clock clock) {
        this.emergencies = emergencies;
        this.panels = panels;
        this.identity = identity;
        this.clock = clock;
    }

    @CheckedTemplate(basePath = "console")
    static class Templates {
        static native TemplateInstance emergencies(PanelSet panels);

        /** Names of panels: {@code now}, {@code claims}, {@code timeline}. */
        static native TemplateInstance emergency(
                String group, String now, String claims, String timeline, PanelSet panels);

        /** What an override would send, and the form that confirms it. */
        static native TemplateInstance overridePreview(
                String group, OverrideForm override, String queues, List<PlannedChange> changes);

        /** What would be sent now. */
        static native TemplateInstance plan(List<PlannedChange> changes);
    }

    /** An override as the form has it. */
    public static class OverrideForm {

        @FormParam("mode")
        @NotNull
        Forced.Mode mode;

        /** Separated by commas or white space. */
        @FormParam("queues")
        @Size(max = 2_100)
        String queues;

        @FormParam("reason")
        @NotBlank
        @Size(max = 500)
        String reason;

        @FormParam("minutes")
        @NotNull
        @Min(1)
        @Max(10_080)
        Integer minutes;

        /** ACTIVE or INACTIVE. */
        public Forced.Mode mode() {
            return mode;
        }

        /** Why. */
        public String reason() {
            return reason;
        }

        /** For how long from the moment of confirmation. */
        public int minutes() {
            return minutes;
        }

        List<String> queueIds() {
            return queues == null
                    ? List.of()
                    : Stream.of(queues.split("[,\\s]+"))
                            .filter(id -> !id.isEmpty())
                            .toList();
        }
    }

    /** All groups. */
    @GET
    public Uni<TemplateInstance> list() {
        return panels.show("routing").map(Templates::emergencies);
    }

    /** One group. */
    @GET
    @Path("/{group}")
    public Uni<TemplateInstance> group(@PathParam("group") String group) {
        String now = "emergency:" + group;
        String claims = "claims:" + group;
        String timeline = "timeline:" + group;
        return emergencies
                .group(group)
                .flatMap(known -> panels.show(now, claims, timeline))
                .map(shown -> Templates.emergency(group, now, claims, timeline, shown));
    }

    /** What would be sent to Genesys now. */
    @POST
    @Path("/{group}/plan")
    public Uni<TemplateInstance> plan(@PathParam("group") String group) {
        return emergencies.plan(group).map(Templates::plan);
    }

    /** What an override would send: nothing is changed. */
    @POST
    @Path("/{group}/override/preview")
    public Uni<TemplateInstance> preview(@PathParam("group") String group, @BeanParam @Valid OverrideForm override) {
        return emergencies
                .override(group, request(override, true), actor())
                .map(answer -> Templates.overridePreview(
                        group, override, TemplateWords.joined(override.queueIds()), answer.changes()));
    }

    /** Sets it, after its preview was confirmed. */
    @POST
    @Path("/{group}/override")
    public Uni<TemplateInstance> override(@PathParam("group") String group, @BeanParam @Valid OverrideForm override) {
        return emergencies.override(group, request(override, false), actor()).map(EmergencyPage::done);
    }

    /** Confirms what somebody else has proposed. */
    @POST
    @Path("/{group}/override/confirm")
    public Uni<TemplateInstance> confirm(
            @PathParam("group") String group,
            @FormParam("proposal") @NotNull @Pattern(regexp = ID, message = ID_RULE) String proposal) {
        return emergencies.confirm(group, proposal, actor()).map(EmergencyPage::done);
    }

    /** Leaves it to the incidents again. */
    @POST
    @Path("/{group}/override/clear")
    public Uni<TemplateInstance> clear(@PathParam("group") String group) {
        return emergencies.clear(group, actor()).map(EmergencyPage::done);
    }

    /** Ends an incident's emergency. */
    @POST
    @Path("/{group}/resolve")
    public Uni<TemplateInstance> resolve(
            @FormParam("incident") @NotNull @Pattern(regexp = ID, message = ID_RULE) String incident,
            @FormParam("reason") @NotBlank @Size(max = 500) String reason) {
        return emergencies
                .resolve(incident, reason, actor())
                .map(status -> Notice.done("The emergency of " + status.correlationId() + " is over."));
    }

    private static TemplateInstance done(OverrideAnswer answer) {
        return Notice.done(
                switch (answer.status()) {
                    case "PROPOSED" -> "Proposed: somebody else must confirm it within ten minutes.";
                    case "CLEARED" -> "The override is taken back.";
                    default -> "The override is set.";
                });
    }

    private OverrideRequest request(OverrideForm override, boolean dryRun) {
        return new OverrideRequest(
                override.mode(),
                override.queueIds(),
                override.reason(),
                clock.instant().plus(Duration.ofMinutes(override.minutes())),
                dryRun);
    }

    private String actor() {
        return identity.getPrincipal().getName();
    }
}
