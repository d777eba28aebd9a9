package io.incidentbridge.priority;

import io.incidentbridge.conversation.SuggestedPriority;
import io.incidentbridge.itsm.CallerIncident;
import io.incidentbridge.itsm.IncidentEvent;
import io.incidentbridge.itsm.IncidentListener;
import io.incidentbridge.metrics.WebhookMetrics;
import io.incidentbridge.ratelimit.BudgetRequest;
import io.incidentbridge.ratelimit.Lane;
import io.incidentbridge.servicenow.IncidentReader;
import io.incidentbridge.servicenow.ServiceNowConnector;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A caller whose incident becomes critical goes to the head of the queue, and back when it no longer is. An event is a
 * hint: the incident is read again, what it asks for is noted for its caller, and the caller's waiting call is brought in
 * line with the notes. Each step is idempotent and goes by revisions, so that repeats and disorder do no harm.
 */
@ApplicationScoped
class PriorityEscalation implements IncidentListener {

    /** Longest wait for room: behind callers' lookups, and well within the timeout of a read. */
    private static final Duration ROOM = Duration.ofMillis(1200);

    private final PriorityConfig config;
    private final FollowedIncidents followed;
    private final IncidentReader incidents;
    private final SuggestedPriority suggested;
    private final WaitingCalls calls;
    private final WebhookMetrics metrics;
    private final Clock clock;
    private final Flights flights = new Flights();

    PriorityEscalation(
            PriorityConfig config,
            FollowedIncidents followed,
            IncidentReader incidents,
            SuggestedPriority suggested,
            WaitingCalls calls,
            WebhookMetrics metrics,
            Clock clock) {
        this.config = config;
        this.followed = followed;
        this.incidents = incidents;
        this.suggested = suggested;
        this.calls = calls;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    public Uni<Void> on(IncidentEvent event) {
        return on(event, clock.instant());
    }

    @Override
    public Uni<Void> on(IncidentEvent event, Instant accepted) {
        if (!config.enabled() || !event.source().equals(ServiceNowConnector.VENDOR)) {
            return Uni.createFrom().voidItem();
        }
        return concerns(event).flatMap(concerned -> {
            if (!concerned) {
                metrics.priority("unconcerned", Duration.between(accepted, clock.instant()));
                return Uni.createFrom().voidItem();
            }
            return flights.run(event.key(), () -> follow(event.key(), accepted));
        });
    }

    /** An incident that says it is not critical, and of which the bridge knows nothing, is not worth a read. */
    private Uni<Boolean> concerns(IncidentEvent event) {
        boolean raises = event.priority().isEmpty() || level(event.priority()) > 0;
        return raises ? Uni.createFrom().item(true) : followed.isFollowed(event.key());
    }

    /**
     * An incident as it was just read although nobody has told of a change. One that is known so, and that its caller's
     * calls were brought in line with, costs no more reads.
     */
    Uni<Void> found(CallerIncident incident) {
        return isNews(incident)
                .flatMap(news -> news
                        ? flights.run(incident.sysId(), () -> follow(incident.sysId(), clock.instant()))
                        : Uni.createFrom().voidItem());
    }

    private Uni<Boolean> isNews(CallerIncident incident) {
        if (incident.callerSysId().isEmpty()) {
            return Uni.createFrom().item(false);
        }
        boolean raises = incident.open() && level(Integer.toString(incident.priority())) > 0;
        Uni<Boolean> concerns = raises ? Uni.createFrom().item(true) : followed.isFollowed(incident.sysId());
        return concerns.flatMap(concerned -> concerned
                ? suggested
                        .alignedRevision(incident.callerSysId(), incident.sysId())
                        .map(known -> known < incident.revision())
                : Uni.createFrom().item(false));
    }

    private Uni<Void> follow(String key, Instant accepted) {
        return followed.begin(key).flatMap(before -> incidents
                .incident(key, BudgetRequest.within(Lane.TICKET, ROOM))
                .flatMap(incident -> note(key, before, incident, accepted)));
    }

    private Uni<Void> note(String key, String before, Optional<CallerIncident> read, Instant accepted) {
        String caller = read.map(CallerIncident::callerSysId).orElse("");
        Uni<Void> moved = before.isEmpty() || before.equals(caller)
                ? Uni.createFrom().voidItem()
                : suggested.forget(before, key).call(() -> calls.align(before, key, accepted));
        if (caller.isEmpty()) {
            return moved;
        }
        CallerIncident incident = read.orElseThrow();
        int priority = incident.open() ? level(Integer.toString(incident.priority())) : 0;
        return moved.chain(() -> followed.callerIs(key, caller))
                .chain(() -> suggested.note(caller, key, incident.revision(), priority, config.remember()))
                .chain(() -> calls.align(caller, incident.number(), accepted))
                .chain(() -> suggested.aligned(caller, key, incident.revision()));
    }

    /** 0 for an incident priority that raises nobody. */
    private int level(String incidentPriority) {
        return incidentPriority.matches("[0-9]")
                ? Math.max(0, config.levels().getOrDefault(Integer.parseInt(incidentPriority), 0))
                : 0;
    }
}
