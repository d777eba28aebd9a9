package io.incidentbridge.console;

import io.incidentbridge.problem.FieldError;
import io.incidentbridge.problem.ProblemException;
import io.incidentbridge.problem.ProblemType;
import io.incidentbridge.report.IntegrityRepair;
import io.incidentbridge.report.ReportCsv;
import io.incidentbridge.report.ReportPeriod;
import io.incidentbridge.report.ServiceDesk;
import io.incidentbridge.report.ServiceDeskReport;
import io.incidentbridge.security.Rights;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** The service desk's numbers of a period of whole days, and phone incidents to repair. */
@Path(ConsoleEdge.ROOT + "/reports")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed(Rights.OPERATOR)
public class ReportsPage {

    private static final int DAY = "2026-11-22".length();

    /** Long before there was a bridge. */
    private static final LocalDate FIRST = LocalDate.of(2020, 1, 1);

    private final ServiceDesk serviceDesk;
    private final IntegrityRepair repair;
    private final SecurityIdentity identity;
    private final Clock clock;

    ReportsPage(ServiceDesk serviceDesk, IntegrityRepair repair, SecurityIdentity identity, Clock clock) {
        this.serviceDesk = serviceDesk;
        this.repair = repair;
        this.identity = identity;
        this.clock = clock;
    }

    @CheckedTemplate(basePath = "console")
    static class Templates {
        static native TemplateInstance reports(PanelSet panels, ServiceDeskReport report, String from, String to);
    }

    /**
     * The page.
     *
     * @param from first day, UTC; yesterday when absent
     * @param to   last day, UTC; today when absent
     */
    @GET
    public Uni<TemplateInstance> show(
            @QueryParam("from") @DefaultValue("") String from, @QueryParam("to") @DefaultValue("") String to) {
        Days days = days(from, to);
        return serviceDesk
                .report(days.period(clock.instant()))
                .map(report -> Templates.reports(
                        new PanelSet(Map.of()),
                        report,
                        days.first().toString(),
                        days.last().toString()));
    }

    /** The same as a table for a spreadsheet. */
    @GET
    @Path("/service-desk.csv")
    @Produces("text/csv")
    public Uni<RestResponse<String>> csv(
            @QueryParam("from") @DefaultValue("") String from, @QueryParam("to") @DefaultValue("") String to) {
        return serviceDesk.report(days(from, to).period(clock.instant())).map(report -> ResponseBuilder.ok(
                        ReportCsv.of(report), MediaType.valueOf("text/csv;charset=UTF-8"))
                .header("Content-Disposition", "attachment; filename=\"service-desk.csv\"")
                .build());
    }

    /** Gives a phone incident its conversation's id. */
    @POST
    @Path("/repair/{sysId}")
    public Uni<TemplateInstance> repair(@PathParam("sysId") String sysId) {
        if (!sysId.matches("[0-9a-f]{32}")) {
            throw new ProblemException(ProblemType.NOT_FOUND, "There is no such incident.");
        }
        return repair.repair(sysId, identity.getPrincipal().getName()).map(done -> switch (done.status()) {
            case REPAIRED -> Notice.done("The incident belongs to conversation " + done.conversationId() + " now.");
            case ALREADY -> Notice.done("The incident has a conversation already.");
            case UNKNOWN_CONVERSATION ->
                throw new ProblemException(ProblemType.CONFLICT, "The bridge does not know its conversation.");
            case NOT_FOUND ->
                throw new ProblemException(
                        ProblemType.NOT_FOUND, "ServiceNow has no such phone incident, or hides it.");
        });
    }

    private Days days(String from, String to) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        LocalDate last = to.isBlank() ? today : day("to", to, today);
        return new Days(from.isBlank() ? last.minusDays(1) : day("from", from, today), last);
    }

    private static LocalDate day(String field, String text, LocalDate today) {
        LocalDate day;
        try {
            // Years of more digits are dates, too, but not all that follows from them.
            day = LocalDate.parse(text.length() == DAY ? text : "");
        } catch (DateTimeParseException e) {
            throw broken(field, "must be a day, as 2026-11-22");
        }
        // A period may end after today, as a month does.
        if (day.isBefore(FIRST) || day.isAfter(today.plusDays(ReportPeriod.MOST_DAYS))) {
            throw broken(field, "must be a day from " + FIRST + " to " + ReportPeriod.MOST_DAYS + " days after today");
        }
        return day;
    }

    private static ProblemException broken(String field, String rule) {
        return new ProblemException(
                ProblemType.VALIDATION,
                "A parameter breaks a rule; see errors.",
                List.of(new FieldError(null, field, "date", rule)));
    }

    private record Days(LocalDate first, LocalDate last) {

        ReportPeriod period(Instant now) {
            return ReportPeriod.of(start(first), start(last.plusDays(1)), now);
        }

        private static String start(LocalDate day) {
            return day.atStartOfDay(ZoneOffset.UTC).toInstant().toString();
        }
    }
}
