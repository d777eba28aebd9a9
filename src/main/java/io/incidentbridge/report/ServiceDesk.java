package io.incidentbridge.report;

import io.incidentbridge.ratelimit.BudgetRequest;
import io.incidentbridge.ratelimit.Lane;
import io.incidentbridge.report.ServiceDeskReport.BudgetUse;
import io.incidentbridge.report.ServiceDeskReport.Incidents;
import io.incidentbridge.report.ServiceDeskReport.Integrity;
import io.incidentbridge.report.ServiceDeskReport.Lookups;
import io.incidentbridge.report.ServiceDeskReport.UnlinkedIncident;
import io.incidentbridge.report.ServiceDeskReport.WrapUps;
import io.incidentbridge.servicenow.PhoneIncidents;
import io.incidentbridge.servicenow.PhoneIncidents.Unlinked;
import io.incidentbridge.tally.Tally;
import io.incidentbridge.wrapup.WrapUpCounts;
import io.incidentbridge.wrapup.WrapUpTickets;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Puts the report together; a part whose source is away is named, the others are there. */
@ApplicationScoped
public class ServiceDesk {

    /** For a part's requests to ServiceNow together; a person waits, but nobody on the phone. */
    private static final Duration ROOM = Duration.ofSeconds(5);

    private final Tally tally;
    private final WrapUpCounts wrapUps;
    private final WrapUpTickets tickets;
    private final PhoneIncidents incidents;
    private final ReportConfig config;

    ServiceDesk(
            Tally tally, WrapUpCounts wrapUps, WrapUpTickets tickets, PhoneIncidents incidents, ReportConfig config) {
        this.tally = tally;
        this.wrapUps = wrapUps;
        this.tickets = tickets;
        this.incidents = incidents;
        this.config = config;
    }

    /** The report of a period; fails only by a mistake. */
    public Uni<ServiceDeskReport> report(ReportPeriod period) {
        Uni<Part<Map<String, Long>>> counts =
                Part.of("lookups", tally.sum(period.from(), period.to()), Map.<String, Long>of());
        return Uni.combine()
                .all()
                .unis(counts, wrapUps(period), incidents(period), integrity(period))
                .asTuple()
                .map(parts -> new ServiceDeskReport(
                        period.from().toString(),
                        period.to().toString(),
                        parts.asList().stream()
                                .allMatch(part -> ((Part<?>) part).missing().isEmpty()),
                        Stream.of(parts.getItem1(), parts.getItem2(), parts.getItem3(), parts.getItem4())
                                .flatMap(part -> part.missing().stream())
                                .flatMap(ServiceDesk::withBudget)
                                .toList(),
                        lookups(parts.getItem1().content()),
                        parts.getItem3().content(),
                        parts.getItem2().content(),
                        parts.getItem4().content(),
                        budget(parts.getItem1().content())));
    }

    /** Both come from the same counts. */
    private static Stream<ServiceDeskReport.Unavailable> withBudget(ServiceDeskReport.Unavailable part) {
        return part.part().equals("lookups")
                ? Stream.of(part, new ServiceDeskReport.Unavailable("budget", part.reason()))
                : Stream.of(part);
    }

    /** What the period's phone incidents without a conversation are, and which of them the bridge can repair. */
    Uni<List<UnlinkedIncident>> unlinked(ReportPeriod period, int most, BudgetRequest budget) {
        return incidents.unlinked(period.from(), period.to(), most, budget).flatMap(found -> tickets.conversations(
                        found.stream().map(Unlinked::sysId).toList())
                .map(known -> found.stream()
                        .map(incident -> new UnlinkedIncident(
                                incident.number(),
                                incident.sysId(),
                                incident.url(),
                                incident.createdAt().toString(),
                                known.getOrDefault(incident.sysId(), "")))
                        .toList()));
    }

    private Uni<Part<WrapUps>> wrapUps(ReportPeriod period) {
        Uni<WrapUps> read = wrapUps.between(period.from(), period.to()).map(this::wrapUps);
        return Part.of("wrapUps", read, wrapUps(new WrapUpCounts.Counts(0, 0, 0, Duration.ZERO)));
    }

    private WrapUps wrapUps(WrapUpCounts.Counts counts) {
        Duration baseline = config.wrapUpBaseline();
        long measured = counts.measured();
        return new WrapUps(
                counts.tickets() + counts.noted(),
                counts.tickets(),
                counts.noted(),
                measured,
                measured == 0 ? 0 : counts.afterCall().dividedBy(measured).toSeconds(),
                baseline.toSeconds(),
                baseline.multipliedBy(measured).minus(counts.afterCall()).toSeconds());
    }

    private Uni<Part<Incidents>> incidents(ReportPeriod period) {
        Uni<Incidents> read = incidents
                .count(period.from(), period.to(), room())
                .map(counts -> {
                    long phone = counts.linked() + counts.unlinked();
                    return new Incidents(phone, counts.linked(), counts.unlinked(), rate(counts.linked(), phone));
                });
        return Part.of("incidents", read, new Incidents(0, 0, 0, 0));
    }

    private Uni<Part<Integrity>> integrity(ReportPeriod period) {
        BudgetRequest room = room();
        Uni<Integrity> read = incidents.count(period.from(), period.to(), room).flatMap(counts -> list(
                        period, counts.unlinked(), room)
                .map(listed ->
                        new Integrity(counts.unlinked(), listed, Math.max(0, counts.unlinked() - listed.size()))));
        return Part.of("integrity", read, new Integrity(0, List.of(), 0));
    }

    private Uni<List<UnlinkedIncident>> list(ReportPeriod period, long unlinked, BudgetRequest room) {
        return unlinked == 0 || config.listed() == 0
                ? Uni.createFrom().item(List.of())
                : unlinked(period, config.listed(), room);
    }

    private static Lookups lookups(Map<String, Long> counts) {
        long found = counts.getOrDefault("lookup|FOUND", 0L);
        long notFound = counts.getOrDefault("lookup|NOT_FOUND", 0L);
        long ambiguous = counts.getOrDefault("lookup|AMBIGUOUS", 0L);
        long unavailable = counts.getOrDefault("lookup|UNAVAILABLE", 0L);
        long all = found + notFound + ambiguous + unavailable;
        return new Lookups(all, found, notFound, ambiguous, unavailable, rate(found, all));
    }

    private static List<BudgetUse> budget(Map<String, Long> counts) {
        Map<String, BudgetUse> uses = new TreeMap<>();
        counts.forEach((name, count) -> {
            String[] parts = name.split("\\|");
            if (parts[0].equals("budget")) {
                BudgetUse use = new BudgetUse(
                        parts[1],
                        parts[2],
                        parts[3].equals("admitted") ? count : 0,
                        parts[3].equals("waited") ? count : 0,
                        parts[3].equals("refused") ? count : 0);
                uses.merge(parts[1] + "|" + Lane.valueOf(parts[2]).ordinal(), use, ServiceDesk::sum);
            }
        });
        return List.copyOf(uses.values());
    }

    private static BudgetUse sum(BudgetUse one, BudgetUse other) {
        return new BudgetUse(
                one.upstream(),
                one.lane(),
                one.admitted() + other.admitted(),
                one.waited() + other.waited(),
                one.refused() + other.refused());
    }

    /** To four digits. */
    private static double rate(long part, long all) {
        return all == 0 ? 0 : Math.round(10_000.0 * part / all) / 10_000.0;
    }

    private static BudgetRequest room() {
        return BudgetRequest.within(Lane.BACKGROUND, ROOM);
    }
}
