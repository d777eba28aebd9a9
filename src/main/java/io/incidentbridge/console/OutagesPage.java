package io.incidentbridge.console;

import io.incidentbridge.outage.LedgerPage;
import io.incidentbridge.outage.OutageControl;
import io.incidentbridge.outage.TopicStatus;
import io.incidentbridge.problem.ProblemException;
import io.incidentbridge.problem.ProblemType;
import io.incidentbridge.security.Rights;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Outages: what is open, what was noted, and an operator's decisions about it. */
@Path("/console/outages")
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@RolesAllowed(Rights.OPERATOR)
public class OutagesPage {

    private static final int CALLS_PER_PAGE = 100;
    private static final int LONGEST_HOURS = 168;
    private static final String ID = "[A-Za-z0-9_.:-]{1,150}";

    private final OutageControl outages;
    private final Panels panels;
    private final SecurityIdentity identity;
    private final Clock clock;

    OutagesPage(OutageControl outages, Panels panels, SecurityIdentity identity, Clock clock) {
        this.outages = outages;
        this.panels = panels;
        this.identity = identity;
        this.clock = clock;
    }

    @CheckedTemplate(basePath = "console")
    static class Templates {
        static native TemplateInstance outages(PanelSet panels);

        /** @param now name of the topic's panel; {@code changed} of its changes */
        static native TemplateInstance outage(String topic, String now, String changed, PanelSet panels);

        /** @param previous from which call the page before begins; below 0 for none */
        static native TemplateInstance ledger(LedgerPage ledger, PanelSet panels, long first, long previous, long next);
    }

    /** Every topic, and what changed lately. */
    @GET
    public Uni<TemplateInstance> list() {
        return panels.show("modes", "transitions").map(Templates::outages);
    }

    /** One topic. */
    @GET
    @Path("/{topic}")
    public Uni<TemplateInstance> topic(@PathParam("topic") @Size(max = 100) String written) {
        String topic = outages.spelled(written);
        if (topic.isEmpty()) {
            throw new ProblemException(ProblemType.NOT_FOUND, "A topic has a letter or a digit.");
        }
        String now = "outage:" + topic;
        String changed = "transitions:" + topic;
        return panels.show(now, changed).map(shown -> Templates.outage(topic, now, changed, shown));
    }

    /** The calls noted in an outage, page by page. */
    @GET
    @Path("/ledger/{outageId}")
    public Uni<TemplateInstance> ledger(
            @PathParam("outageId") @Pattern(regexp = ID) String outageId,
            @QueryParam("from") @DefaultValue("0") @Min(0) long from) {
        return Uni.combine()
                .all()
                .unis(outages.ledger(outageId, from, CALLS_PER_PAGE), panels.show())
                .with((page, shown) -> {
                    long next = from + page.calls().size();
                    return Templates.ledger(
                            page,
                            shown,
                            page.calls().isEmpty() ? from : from + 1,
                            from == 0 ? -1 : Math.max(0, from - CALLS_PER_PAGE),
                            next < page.callsNoted() ? next : -1);
                });
    }

    /** Opens a topic that the form names. */
    @POST
    @Path("/trip")
    public Uni<TemplateInstance> trip(
            @FormParam("topic") @NotBlank @Size(max = 100) String topic,
            @FormParam("reason") @NotBlank @Size(max = 500) String reason,
            @FormParam("hours") @Min(1) @Max(LONGEST_HOURS) Integer hours) {
        return done(outages.trip(topic, reason, until(hours), actor()));
    }

    /** Ends a topic's outage, and whatever is held. */
    @POST
    @Path("/{topic}/reset")
    public Uni<TemplateInstance> reset(
            @PathParam("topic") String topic, @FormParam("reason") @NotBlank @Size(max = 500) String reason) {
        return done(outages.reset(topic, reason, actor()));
    }

    /** Holds a topic open or closed. */
    @POST
    @Path("/{topic}/hold")
    public Uni<TemplateInstance> hold(
            @PathParam("topic") String topic,
            @FormParam("open") @NotNull Boolean open,
            @FormParam("reason") @NotBlank @Size(max = 500) String reason,
            @FormParam("hours") @Min(1) @Max(LONGEST_HOURS) Integer hours) {
        return done(outages.force(topic, open, reason, until(hours), actor()));
    }

    /** Leaves a topic to the signals again. */
    @POST
    @Path("/{topic}/release")
    public Uni<TemplateInstance> release(
            @PathParam("topic") String topic, @FormParam("reason") @NotBlank @Size(max = 500) String reason) {
        return done(outages.release(topic, reason, actor()));
    }

    /** Names the master incident. */
    @POST
    @Path("/{topic}/master")
    public Uni<TemplateInstance> master(
            @PathParam("topic") String topic,
            @FormParam("number")
                    @NotBlank
                    @Pattern(regexp = "[A-Za-z0-9]{1,40}", message = "must be 1 to 40 letters and digits")
                    String number,
            @FormParam("reason") @NotBlank @Size(max = 500) String reason) {
        return done(outages.master(topic, number, reason, actor()));
    }

    private static Uni<TemplateInstance> done(Uni<TopicStatus> change) {
        return change.map(topic -> Notice.done(
                topic.topic() + " is " + TemplateWords.called(topic.state()) + (topic.held() ? ", held." : ".")));
    }

    private Instant until(Integer hours) {
        return hours == null ? null : clock.instant().plus(Duration.ofHours(hours));
    }

    private String actor() {
        return identity.getPrincipal().getName();
    }
}
