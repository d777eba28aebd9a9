package io.incidentbridge.emergency;

import io.incidentbridge.itsm.EmergencyVerdict;
import io.incidentbridge.itsm.IncidentEvent;
import io.incidentbridge.itsm.IncidentListener;
import io.incidentbridge.itsm.IncidentRules;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/** Declares and ends emergencies by what the sources tell of their incidents. */
@ApplicationScoped
class IncidentEmergencies implements IncidentListener {

    private final IncidentRules rules;
    private final EmergencyService service;
    private final EmergencyConfig config;

    IncidentEmergencies(IncidentRules rules, EmergencyService service, EmergencyConfig config) {
        this.rules = rules;
        this.service = service;
        this.config = config;
    }

    @Override
    public Uni<Void> on(IncidentEvent event) {
        if (config.groups().isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        EmergencyVerdict verdict = rules.emergency(event);
        return switch (verdict.effect()) {
            case NONE -> Uni.createFrom().voidItem();
            case DECLARE -> service.record(declared(event, verdict)).replaceWithVoid();
            case END -> service.record(ended(event)).replaceWithVoid();
        };
    }

    private ClaimEvent declared(IncidentEvent event, EmergencyVerdict verdict) {
        ClaimEvent.Kind kind =
                event.kind() == IncidentEvent.Kind.REOPENED ? ClaimEvent.Kind.REOPEN : ClaimEvent.Kind.ACTIVATE;
        return event(kind, event, verdict.group(), verdict.incidentType(), verdict.queues(), verdict.ttl());
    }

    /** An incident that goes on, or is open again, only withdraws its claim: it may become an emergency again. */
    private ClaimEvent ended(IncidentEvent event) {
        ClaimEvent.Kind kind =
                switch (event.kind()) {
                    case RESOLVED -> ClaimEvent.Kind.RESOLVE;
                    case REOPENED -> ClaimEvent.Kind.REOPEN_WITHDRAWN;
                    default -> ClaimEvent.Kind.WITHDRAW;
                };
        return event(kind, event, "", "", List.of(), Duration.ZERO);
    }

    private ClaimEvent event(
            ClaimEvent.Kind kind,
            IncidentEvent event,
            String group,
            String incidentType,
            List<String> queues,
            Duration ttl) {
        return new ClaimEvent(
                kind,
                id(event.key()),
                service.group(group, incidentType),
                event.source(),
                incidentType,
                service.severity(incidentType),
                queues,
                event.title(),
                event.at(),
                ttl,
                "source:" + event.source());
    }

    /** As the contract has it, so that what comes by the API about the same incident meets the same claim. */
    private static String id(String key) {
        return key.replaceAll("[^A-Za-z0-9_.:-]", "_");
    }
}
