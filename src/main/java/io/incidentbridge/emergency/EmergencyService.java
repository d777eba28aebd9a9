package io.incidentbridge.emergency;

import io.incidentbridge.problem.FieldError;
import io.incidentbridge.problem.ProblemException;
import io.incidentbridge.problem.ProblemType;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Takes events in: stores what they make of their incident's claim, then has Genesys switched in the background. */
@ApplicationScoped
class EmergencyService {

    private static final String API = "api";
    private static final int USUAL_SEVERITY = 3;

    private final EmergencyStore store;
    private final Claims claims;
    private final EmergencyWatch watch;
    private final EmergencyTargets targets;
    private final EmergencyConfig config;
    private final Clock clock;
    private final Map<String, String> groupOfType = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, Integer> severityOfType = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    EmergencyService(
            EmergencyStore store,
            Claims claims,
            EmergencyWatch watch,
            EmergencyTargets targets,
            EmergencyConfig config,
            Clock clock) {
        this.store = store;
        this.claims = claims;
        this.watch = watch;
        this.targets = targets;
        this.config = config;
        this.clock = clock;
        config.groups().forEach((name, group) -> group.incidentTypes()
                .ifPresent(types -> types.forEach(type -> groupOfType.put(type, name))));
        severityOfType.putAll(config.severities());
    }

    /** @param actor the client that tells it */
    Uni<EmergencyStatus> accept(EmergencyRequest request, String actor) {
        check(request);
        ClaimEvent.Kind kind = request.activates() ? ClaimEvent.Kind.ACTIVATE : ClaimEvent.Kind.RESOLVE;
        Duration ttl = request.activates() ? Duration.ofSeconds(request.ttl()) : Duration.ZERO;
        return record(new ClaimEvent(
                        kind,
                        request.correlationId(),
                        group(request.group(), request.incidentType()),
                        API,
                        request.incidentType(),
                        severity(request.incidentType()),
                        request.queues().stream().distinct().toList(),
                        "",
                        request.timestamp(),
                        ttl,
                        actor))
                .flatMap(recorded -> status(request.correlationId()));
    }

    /** Stores an event and wakes the reconciler; completes when it is stored. */
    Uni<EmergencyStore.Recorded> record(ClaimEvent event) {
        return claims.record(event).invoke(recorded -> {
            if (recorded.changed()) {
                watch.wake(recorded.group());
            }
        });
    }

    /** Null when nothing is known of the incident. */
    Uni<EmergencyStatus> status(String correlationId) {
        return store.claim(correlationId)
                .flatMap(claim -> claim == null
                        ? Uni.createFrom().nullItem()
                        : store.snapshot(claim.group()).map(snapshot -> status(claim, snapshot)));
    }

    EmergencyStatus status(Claim claim, Snapshot snapshot) {
        EmergencyConfig.Group settings = config.groups().get(claim.group());
        if (settings == null) {
            throw unknownGroup();
        }
        DesiredRouting desired = EmergencyPolicy.desired(snapshot, settings.priority());
        return EmergencyStatus.of(
                claim, snapshot, desired, RoutingView.of(targets.of(claim.group()), desired, snapshot));
    }

    /**
     * The group that an incident is switched in.
     *
     * @param named null or empty for none
     * @throws ProblemException when that group is not configured
     */
    String group(String named, String incidentType) {
        String group = named == null || named.isEmpty()
                ? groupOfType.getOrDefault(incidentType, config.defaultGroup())
                : named;
        if (!config.groups().containsKey(group)) {
            throw unknownGroup();
        }
        return group;
    }

    int severity(String incidentType) {
        return severityOfType.getOrDefault(incidentType, USUAL_SEVERITY);
    }

    private void check(EmergencyRequest request) {
        List<FieldError> errors = new ArrayList<>();
        if (request.timestamp().isAfter(clock.instant().plus(config.clockTolerance()))) {
            errors.add(error(
                    "timestamp", "future", "must not lie more than " + words(config.clockTolerance()) + " ahead"));
        }
        if (request.activates()) {
            if (request.queues().isEmpty()) {
                errors.add(error("targetQueueIds", "not-empty", "must name at least one queue"));
            }
            long ttl = request.ttl() == null ? -1 : request.ttl();
            if (ttl < config.minTtl().toSeconds() || ttl > config.maxTtl().toSeconds()) {
                errors.add(error(
                        "ttl",
                        request.ttl() == null ? "not-null" : "range",
                        "must be " + config.minTtl().toSeconds() + " to "
                                + config.maxTtl().toSeconds() + " seconds"));
            }
        }
        if (!errors.isEmpty()) {
            throw new ProblemException(ProblemType.VALIDATION, "One or more fields break a rule; see errors.", errors);
        }
    }

    private static ProblemException unknownGroup() {
        return new ProblemException(
                ProblemType.VALIDATION,
                "One or more fields break a rule; see errors.",
                List.of(error("group", "known", "must name a group that is configured (bridge.emergency.groups)")));
    }

    private static FieldError error(String field, String rule, String detail) {
        return new FieldError("/" + field, field, rule, detail);
    }

    private static String words(Duration duration) {
        return duration.toSeconds() + " seconds";
    }
}
