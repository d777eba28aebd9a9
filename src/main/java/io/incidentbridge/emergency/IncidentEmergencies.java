package io.incidentbridge.emergency;

import io.incidentbridge.itsm.EmergencyVerdict;
import io.incidentbridge.itsm.IncidentEvent;
import io.incidentbridge.itsm.IncidentListener;
import io.incidentbridge.itsm.IncidentRules;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Declares and ends emergencies by what the sources tell of their incidents. */
@ApplicationScoped
class IncidentEmergencies implements IncidentListener {

    private static final Logger LOG = Logger.getLogger(IncidentEmergencies.class);
    private static final int LONGEST_TITLE = 100;

    private final IncidentRules rules;
    private final EmergencyService service;
    private final ClaimIds ids;
    private final EmergencyConfig config;
    private final Clock clock;

    IncidentEmergencies(
            IncidentRules rules, EmergencyService service, ClaimIds ids, EmergencyConfig config, Clock clock) {
        this.rules = rules;
        this.service = service;
        this.ids = ids;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public Uni<Void> on(IncidentEvent event) {
        if (config.groups().isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        EmergencyVerdict verdict = rules.emergency(event);
        return switch (verdict.effect()) {
            case NONE -> Uni.createFrom().voidItem();
            case DECLARE ->
                isForgotten(event)
                        ? Uni.createFrom().voidItem()
                        : ids.of(event, false).flatMap(claims -> record(claims, id -> declared(id, event, verdict)));
            case END -> ids.of(event, true).flatMap(claims -> record(claims, id -> ended(id, event)));
        };
    }

    /** An end that followed it would not be remembered any more. A webhook that was parked may be replayed so late. */
    private boolean isForgotten(IncidentEvent event) {
        boolean forgotten = event.at().isBefore(clock.instant().minus(config.keep()));
        if (forgotten) {
            LOG.warnf(
                    "an event is too old to declare an emergency source=%s incidentKey=%s at=%s",
                    event.source(), event.key(), event.at());
        }
        return forgotten;
    }

    private Uni<Void> record(List<String> claims, Function<String, ClaimEvent> told) {
        return Multi.createFrom()
                .iterable(claims)
                .onItem()
                .transformToUniAndConcatenate(id -> service.record(told.apply(id)))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private ClaimEvent declared(String id, IncidentEvent event, EmergencyVerdict verdict) {
        ClaimEvent.Kind kind =
                switch (event.kind()) {
                    case REOPENED -> ClaimEvent.Kind.REOPEN;
                    case STATUS_CHANGED -> ClaimEvent.Kind.MOVE;
                    default -> ClaimEvent.Kind.ACTIVATE;
                };
        return event(kind, id, event, verdict.group(), verdict.incidentType(), verdict.queues(), verdict.ttl());
    }

    /** An incident that goes on, or is open again, only withdraws its claim: it may become an emergency again. */
    private ClaimEvent ended(String id, IncidentEvent event) {
        ClaimEvent.Kind kind =
                switch (event.kind()) {
                    case RESOLVED -> ClaimEvent.Kind.RESOLVE;
                    case REOPENED -> ClaimEvent.Kind.REOPEN_WITHDRAWN;
                    case STATUS_CHANGED -> ClaimEvent.Kind.MOVE_WITHDRAWN;
                    default -> ClaimEvent.Kind.WITHDRAW;
                };
        return event(kind, id, event, "", "", List.of(), Duration.ZERO);
    }

    /** Every replica reads the titles of open claims twice a second, and they are only there to be recognised. */
    private static String cut(String title) {
        return title.codePointCount(0, title.length()) <= LONGEST_TITLE
                ? title
                : title.substring(0, title.offsetByCodePoints(0, LONGEST_TITLE));
    }

    private ClaimEvent event(
            ClaimEvent.Kind kind,
            String id,
            IncidentEvent event,
            String group,
            String incidentType,
            List<String> queues,
            Duration ttl) {
        return new ClaimEvent(
                kind,
                id,
                service.group(group, incidentType),
                event.source(),
                incidentType,
                service.severity(incidentType),
                queues,
                cut(event.title()),
                event.at(),
                ttl,
                "source:" + event.source());
    }
}
